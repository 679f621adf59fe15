import { type Config, isSandbox, readConfig, SANDBOX_BOT_USERNAME } from '../config.ts'
import type { AppContext, Bot } from '../context.ts'
import { createLog } from '../log.ts'
import { type OpenedApp, openApp } from '../open-app.ts'
import { CommandFailed, Interrupted, reasonOf, UsageError } from './faults.ts'

/** What a command has before it: the settings, where to write, and whether somebody pressed Ctrl-C. */
export type Desk = {
  environment: Readonly<Record<string, string | undefined>>
  /** What was asked for. */
  out: NodeJS.WritableStream
  /** Everything else: progress, warnings, what went wrong. */
  err: NodeJS.WritableStream & { isTTY?: boolean }
  interrupted: AbortSignal
}

/** The desk of a process. The first Ctrl-C lets a command leave in order, the second ends it. */
export function openDesk(from: NodeJS.Process): Desk {
  const interruption = new AbortController()
  from.once('SIGINT', () => interruption.abort(new Interrupted()))
  from.once('SIGTERM', () => interruption.abort(new Interrupted()))
  // whoever reads the output may have seen enough, as `head` has
  from.stdout.on('error', () => from.exit(1))
  return {
    environment: from.env,
    out: from.stdout,
    err: from.stderr,
    interrupted: interruption.signal,
  }
}

/** Opens the program for one command and closes it afterwards, at once when somebody presses Ctrl-C. */
export function withApp<T>(desk: Desk, work: (opened: OpenedApp) => Promise<T>): Promise<T> {
  return withAppToTheEnd(desk, (opened) =>
    Promise.race([work(opened), untilAborted(desk.interrupted)]),
  )
}

/** The same for work that ends by itself when somebody presses Ctrl-C. Only warnings are heard. */
export async function withAppToTheEnd<T>(
  desk: Desk,
  work: (opened: OpenedApp) => Promise<T>,
): Promise<T> {
  const config = readConfig(desk.environment)
  const log = createLog(config.LOG_LEVEL === 'silent' ? 'silent' : 'warn', desk.err)
  const opened = await openApp(config, log, botOf(config)).catch((cause: unknown) => {
    throw new CommandFailed(`The database cannot be used: ${reasonOf(cause)}`, { cause })
  })
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** The program, where links to the bot are made: somebody must have said what it is called. */
export function appWithLinks({ app }: OpenedApp): AppContext {
  if (app.bot.username !== '') return app
  throw new UsageError(
    'Set BOT_USERNAME to the name of the bot without @: it stands in the links made here.',
  )
}

/** The command line names the bot in links and never speaks for it. */
function botOf(config: Config): Bot {
  const username = config.BOT_USERNAME ?? (isSandbox(config) ? SANDBOX_BOT_USERNAME : '')
  return { id: 0, token: '', username }
}

async function untilAborted(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted()
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Interrupted()), { once: true })
  })
}
