import type { AppContext } from '../../src/context.ts'
import type { Database } from '../../src/store/database.ts'
import { openProveApp } from './app.ts'
import type { Chance } from './chance.ts'
import type { Ground } from './ground.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

/** A world with processes of the program in this one, to be stopped at any statement. */
export type Place = AsyncDisposable & {
  world: World
  chance: Chance
  /** Processes that know nothing of one another. */
  processes: readonly AppContext[]
  /** Another one, with something between it and the database. */
  process(wrap?: (db: Database) => Database): AppContext
}

/** What a planted bug changes: the database before it is used, or what stands before it. */
export type Planted = Pick<WorldOptions, 'change' | 'wrap'>

/** How many people the shop knows; where people are erased, nobody must be met twice. */
type Size = { known?: number }

const PROCESSES = 4
const KNOWN = 3000

export async function openPlace(
  ground: Ground,
  chance: Chance,
  planted: Planted & Size = {},
): Promise<Place> {
  const { wrap: bug = (db: Database) => db } = planted
  await using undo = new AsyncDisposableStack()
  const world = undo.use(await openWorld(ground, { known: KNOWN, ...planted }))
  const shared = openProveApp({ url: world.url, keys: world.keys, connections: 4 })
  undo.defer(() => shared.db.close())
  const process = (wrap: (db: Database) => Database = (db) => db): AppContext => {
    const app = openProveApp({ url: world.url, keys: world.keys, wrap: () => bug(wrap(shared.db)) })
    return app
  }
  const processes = Array.from({ length: PROCESSES }, () => {
    const app = openProveApp({ url: world.url, keys: world.keys, connections: 4, wrap: bug })
    undo.defer(() => app.db.close())
    return app
  })
  const kept = undo.move()
  return { world, chance, processes, process, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}
