import { type DestinationStream, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

const SECRET_KEYS = [
  'token',
  'pin',
  'code',
  'initData',
  'session',
  'secret',
  'apiKey',
  'password',
  'reference',
  'payload',
  'first_name',
  'last_name',
  'username',
  'name',
  'authorization',
]

/**
 * The program's log: fixed messages, details as fields. Secrets are cut by key at every depth that is
 * logged, and wherever a bot token, a session, a link's token or an API key stands in a text.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: {
      paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`]),
      censor: '[cut]',
    },
    serializers: { err: describeError, error: describeError },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** Lines for people on a terminal; JSON, one object a line, for everything else. */
export function destinationFor(output: NodeJS.WriteStream): DestinationStream | undefined {
  return output.isTTY
    ? pretty({ destination: output, ignore: 'pid,hostname', translateTime: 'HH:MM:ss' })
    : undefined
}

/** A text without what opens something: bot tokens, sessions, tokens of links, API keys, long opaque words in URLs. */
export function cutSecrets(text: string): string {
  return text
    .replace(/\bbot\d+:[\w-]+/g, 'bot[cut]')
    .replace(/eyJ[\w-]+(\.[\w-]*){2,4}/g, '[cut]')
    .replace(/\bpk_[\w-]+/g, '[cut]')
    .replace(/(\/[sr]\/|startapp=|start=|tgWebAppStartParam=)[^\s"&/]+/g, '$1[cut]')
}

function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: cutSecrets(String(error)) }
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    message: cutSecrets(error.message),
    stack: cutSecrets(error.stack ?? ''),
    ...(typeof code === 'string' && { code }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
