import { CommanderError } from 'commander'

import { ConfigError } from '../config.ts'
import { AppError } from '../errors.ts'
import { cutSecrets } from '../log.ts'

/** The command was used wrongly: nothing was done. */
export class UsageError extends Error {}

/** The command did what it could, and it was not enough. */
export class CommandFailed extends Error {}

/** Somebody pressed Ctrl-C. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted.')
  }
}

const FAILED = 1
const USED_WRONGLY = 2
const INTERRUPTED = 130

/** What to say of an error, and the exit code. What commander refused it has told already. */
export function explain(error: unknown): { sentence?: string; exitCode: number } {
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? 0 : USED_WRONGLY }
  return { sentence: cutSecrets(reasonOf(error)), exitCode: exitCodeOf(error) }
}

/** Why something failed. Errors of several attempts at once have no words of their own. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return INTERRUPTED
  if (error instanceof UsageError || error instanceof ConfigError) return USED_WRONGLY
  return error instanceof AppError && error.code === 'ERR_REQUEST_INVALID' ? USED_WRONGLY : FAILED
}
