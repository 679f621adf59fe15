import { createTokens } from '../../src/tokens/tokens.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { type Crowd, createCrowd } from './crowd.ts'
import { type Ground, urlThrough } from './ground.ts'
import { type Line, openProxy } from './proxy.ts'
import type { WorkerOptions } from './worker.ts'
import { startWorker, type Worker } from './workers.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

/** The program in processes that can be killed, on a line to PostgreSQL that can be cut. */
export type Stage = AsyncDisposable & {
  ground: Ground
  world: World
  line: Line
  crowd: Crowd
  /** Whoever uses the stage brings their own. */
  chance: Chance
  /** Has another process wait, so that killing one takes no time. */
  prepareToKill(): Promise<void>
  /** kill -9 of one process in its turn; another one that was waiting takes its place. */
  killWorker(): Promise<void>
  uncaught(): string[]
}

export type StageOptions = {
  processes?: number
  clockOffMs?: number
  /** What the sessions of the people say, as such a process would have made them. */
  sessionOffMs?: number
  /** A program to start the processes with. */
  wrapper?: readonly string[]
  world?: WorldOptions
}

/** How long a statement of the processes may take; in production it is longer. */
export const DEADLINE_MS = 1000

export async function openStage(
  ground: Ground,
  {
    processes = 2,
    clockOffMs = 0,
    sessionOffMs = 0,
    wrapper = [],
    world: worldOptions = {},
  }: StageOptions = {},
): Promise<Stage> {
  await using undo = new AsyncDisposableStack()
  const world = undo.use(await openWorld(ground, worldOptions))
  const line = undo.use(await openProxy(ground.port))
  const options: WorkerOptions = {
    url: urlThrough(line, world.url),
    keys: world.keys,
    clockOffMs,
    deadlineMs: DEADLINE_MS,
  }
  const all: Worker[] = []
  const start = async () => {
    const worker = await startWorker(options, wrapper)
    all.push(worker)
    return worker
  }
  undo.defer(async () => {
    for (const worker of all) await worker.kill()
  })
  const working = await Promise.all(Array.from({ length: processes }, start))
  let spare: Promise<Worker> | undefined
  let turn = 0
  let asked = 0
  const tokens = createTokens(world.keys, () => new Date(Date.now() + sessionOffMs))
  const crowd = createCrowd(tokens, () => working[asked++ % working.length]!.port)

  const kept = undo.move()
  return {
    ground,
    world,
    line,
    crowd,
    chance: chanceFrom(0),
    killWorker: async () => {
      const next = await (spare ?? start())
      const place = turn++ % working.length
      const [killed] = working.splice(place, 1, next)
      await killed?.kill()
      spare = start()
    },
    prepareToKill: async () => {
      spare ??= start()
      await spare
    },
    uncaught: () => all.flatMap((worker) => worker.uncaught),
    [Symbol.asyncDispose]: async () => {
      await spare
      await kept.disposeAsync()
    },
  }
}
