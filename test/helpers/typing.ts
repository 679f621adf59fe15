import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'

import { run } from '../../src/cli/run.ts'
import { testDatabase } from './database.ts'

type Typed = { exitCode: number; out: string; err: string }

/** Somebody at a pipe of a machine of their own: a database, a directory, and what they type. */
export type Operator = AsyncDisposable & {
  databaseUrl: string
  dir: string
  type(...args: string[]): Promise<Typed>
  /** The same with other settings; undefined unsets one. */
  typeWith(settings: Record<string, string | undefined>, ...args: string[]): Promise<Typed>
}

export async function operator(): Promise<Operator> {
  const database = await testDatabase()
  const dir = await mkdtemp(join(tmpdir(), 'passalong-operator-'))
  const environment = { DATABASE_URL: database.url, DATA_DIR: join(dir, 'data') }
  const typeWith: Operator['typeWith'] = (settings, ...args) =>
    type({ ...environment, ...settings }, args)
  return {
    databaseUrl: database.url,
    dir,
    type: (...args) => typeWith({}, ...args),
    typeWith,
    [Symbol.asyncDispose]: async () => {
      await rm(dir, { recursive: true, force: true })
      await database[Symbol.asyncDispose]()
    },
  }
}

async function type(
  environment: Record<string, string | undefined>,
  args: string[],
): Promise<Typed> {
  const out = new Paper()
  const err = new Paper()
  const interrupted = new AbortController().signal
  const exitCode = await run({ environment, out, err, interrupted }, args)
  return { exitCode, out: out.text, err: err.text }
}

/** Keeps what is written on it. */
class Paper extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: string, done: () => void) {
    this.text += chunk.toString()
    done()
  }
}
