import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SystemUser } from './system-user.ts'

interface Finished {
  /** 0 is well; null when a signal ended it. */
  code: number | null
  output: string
}

/**
 * Runs a program to its end, as another user where one is given. It starts in the temporary
 * directory, since that user may not enter ours, and with an environment of its own: no secret of
 * ours, no PGOPTIONS, messages in English, times in UTC.
 */
export async function run(
  file: string,
  args: readonly string[],
  user?: SystemUser,
): Promise<Finished> {
  try {
    return await runToEnd(file, args, user)
  } catch (cause) {
    const who = user ? `as ${user.name}` : 'here'
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${file} cannot be run ${who} (${reason}). ${WAYS_OUT}`, { cause })
  }
}

const WAYS_OUT = 'Start as an ordinary user who may, or set DATABASE_URL.'

async function runToEnd(file: string, args: readonly string[], user?: SystemUser) {
  const child = spawn(file, args, {
    cwd: tmpdir(),
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const closed = new Promise((resolve) => child.once('close', resolve))
  await once(child, 'exit')
  // A server that was started may hold the pipes open (on Windows it does), so do not insist.
  await Promise.race([closed, sleep(200, undefined, { ref: false })])
  return { code: child.exitCode, output: output.trim() }
}
