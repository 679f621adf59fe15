import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import type { WorkerOptions } from './worker.ts'

/** A process of the program, by its port. */
export type Worker = AsyncDisposable & {
  port: number
  /** kill -9. */
  kill(): Promise<void>
  exited: Promise<unknown>
  /** What nobody in it caught. */
  uncaught: string[]
}

const SCRIPT = fileURLToPath(new URL('worker.ts', import.meta.url))

/**
 * @param wrapper a program to start it with, such as faketime
 */
export async function startWorker(
  options: WorkerOptions,
  wrapper: readonly string[] = [],
): Promise<Worker> {
  const command = [...wrapper, process.execPath, SCRIPT, JSON.stringify(options)]
  const child = spawn(command[0]!, command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const uncaught = uncaughtOf(child)
  const port = await portOf(child)
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  return { port, kill, exited, uncaught, [Symbol.asyncDispose]: kill }
}

function uncaughtOf(child: ChildProcess): string[] {
  const uncaught: string[] = []
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => uncaught.push(line))
  return uncaught
}

async function portOf(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('The worker has no output.')
  for await (const line of createInterface({ input: child.stdout })) return Number(line)
  throw new Error('The worker ended before it listened.')
}
