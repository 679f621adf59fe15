import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const PROVE = fileURLToPath(new URL('prove.ts', import.meta.url))

/** The command that README names, in its quick form: what it prints is what a failure shows. */
test('nothing is lost, over-issued or double under any fault', { timeout: 480_000 }, async () => {
  const run = promisify(execFile)(process.execPath, [PROVE], { maxBuffer: 16 * 1024 * 1024 })
  const {
    stdout,
    stderr,
    code = 0,
  } = (await run.catch((error: unknown) => error)) as {
    stdout: string
    stderr: string
    code?: number
  }

  expect(code, stdout + stderr).toBe(0)
  expect(stdout).toContain('lost 0, over-issued 0, double 0, otherwise wrong 0')
})
