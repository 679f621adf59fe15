import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setInterval } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { peakBytesOf } from './proc.ts'

const COMMAND = fileURLToPath(new URL('../../src/cli/passalong.ts', import.meta.url))
const LOOK_MS = 50

/** What a command has cost; memory is null where there is no /proc. */
export type Cost = { seconds: number; peakMiB: number | null }

/** Runs `passalong` in a process of its own, and watches its memory. */
export async function runCommand(
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Cost> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-2000)
  })
  const watching = new AbortController()
  const peak = watchMemory(child.pid ?? 0, watching.signal)
  const [exitCode] = (await once(child, 'exit')) as [number | null]
  const seconds = (performance.now() - startedAt) / 1000
  watching.abort()
  if (exitCode !== 0) throw new Error(`passalong ${args[0]} ended with ${exitCode}: ${said}`)
  const bytes = await peak
  return { seconds, peakMiB: bytes === null ? null : bytes / 2 ** 20 }
}

/** The most memory that a process had, as the system counts it, a moment before it ended. */
async function watchMemory(pid: number, signal: AbortSignal): Promise<number | null> {
  let peak: number | null = null
  try {
    for await (const _ of setInterval(LOOK_MS, undefined, { signal })) {
      peak = (await peakBytesOf(pid)) ?? peak
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return peak
}
