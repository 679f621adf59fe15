import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Nothing of whoever runs the tests, and nothing of an .env in the checkout; a shop without a past. */
const ENVIRONMENT = {
  PATH: process.env['PATH'],
  BOT_TOKEN: '',
  DATABASE_URL: '',
  SANDBOX_WEEKS: '0',
}
const ROOT = new URL('../../', import.meta.url)

/** A place for the program's data that is gone afterwards. */
export async function dataDir(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'passalong-e2e-'))
  // started by root, the database server runs as somebody else, who must get in
  await chmod(path, 0o755)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

export type Program = AsyncDisposable & {
  url: string
  pid: number
  /** Milliseconds until it answered that it is ready. */
  readyAfterMs: number
  output(): string
  /** Ends it with a signal and waits; answers the exit code, or null after a kill. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts the program as its user does, on a port of its own, and waits until it is ready. */
export async function startProgram(
  directory: string,
  environment: Record<string, string> = {},
): Promise<Program> {
  const started = performance.now()
  const port = await freePort()
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env: { ...ENVIRONMENT, DATA_DIR: directory, PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const end = (signal: NodeJS.Signals = 'SIGINT') => {
    child.kill(signal)
    return ended
  }
  const url = `http://127.0.0.1:${port}`
  await untilReady(url, child, () => output)
  return {
    url,
    pid: child.pid ?? 0,
    readyAfterMs: performance.now() - started,
    output: () => output,
    end,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) await end()
    },
  }
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`the program ended:\n${output()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the program was not ready in 30 s:\n${output()}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** What the command line answers, as its user types it. */
export async function passalong(
  directory: string,
  ...words: string[]
): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, ['src/cli/passalong.ts', ...words], {
    cwd: ROOT,
    env: { ...ENVIRONMENT, DATA_DIR: directory },
    maxBuffer: 10_000_000,
  })
}

/** What JSON holds; a test says itself what it expects there. */
export type Json = ReturnType<typeof JSON.parse>

/** Talks JSON to the program. */
export function clientOf(program: Pick<Program, 'url'>, headers: Record<string, string> = {}) {
  async function ask(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await fetch(program.url + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return answer.json()
  }
  return {
    get: (path: string) => ask('GET', path),
    post: (path: string, body: unknown = {}) => ask('POST', path, body),
    put: (path: string, body: unknown) => ask('PUT', path, body),
  }
}

/** Asks again until the answer will do, for at most ten seconds. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const answer = await ask()
    if (isEnough(answer) || tries >= 100) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
