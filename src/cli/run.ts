import type { Desk } from './desk.ts'
import { explain } from './faults.ts'
import { buildProgram } from './program.ts'

/** Runs one command line. Returns the exit code: 0, 1 when it failed, 2 when it was used wrongly. */
export async function run(desk: Desk, args: readonly string[]): Promise<number> {
  try {
    await buildProgram(desk).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    const { sentence, exitCode } = explain(error)
    if (sentence) desk.err.write(`error: ${sentence}\n`)
    return exitCode
  }
}
