import type { Connection, Database } from '../../src/store/database.ts'

/** At which statement a process dies, counted from one, and whether the statement still happens. */
export type Death = { at: number; when: 'before' | 'after' }

class Died extends Error {}

export type DyingDatabase = {
  db: Database
  /** How many statements were begun. */
  statements(): number
  /** Whether it has come to the statement to die at. */
  isDead(): boolean
}

/**
 * A database whose user dies at one statement: before it is sent, or after it is committed and before
 * anybody hears of it. Whatever the dead would do afterwards fails.
 *
 * @param die what dying is; left out, it is an error that nobody catches
 */
export function dyingDatabase(db: Database, death: Death, die = () => {}): DyingDatabase {
  let begun = 0
  let dead = false

  function end(): never {
    dead = true
    die()
    throw new Died(`died ${death.when} statement ${death.at}`)
  }

  async function run<T>(statement: (on: Connection) => PromiseLike<T>): Promise<T> {
    if (dead) throw new Died('dead')
    const turn = ++begun
    if (turn === death.at && death.when === 'before') end()
    const answer = await db.run(statement)
    if (turn === death.at) end()
    if (dead) throw new Died('dead')
    return answer
  }

  return { db: { ...db, run }, statements: () => begun, isDead: () => dead }
}
