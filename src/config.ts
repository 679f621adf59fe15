import envSchema from 'env-schema'
import Type, { type Static } from 'typebox'

const KEY = '[A-Za-z0-9_.-]{1,32}:[A-Za-z0-9_-]{43}'

/** What the bot is called where Telegram is played on this machine. */
export const SANDBOX_BOT_USERNAME = 'passalong_demo_bot'

/** Every setting with its range. README's table and `.env.example` are made from it. */
export const ConfigSchema = Type.Object({
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 3000,
    description: 'Port to listen on',
  }),
  HOST: Type.String({
    default: '127.0.0.1',
    description: 'Address to listen on; `0.0.0.0` behind a proxy or in a container',
  }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/\\s?#]+$',
      description:
        'Where people reach this server, without a path. With https the bot uses a webhook; without, it polls',
    }),
  ),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description: 'PostgreSQL 15 or later. Unset: an embedded PostgreSQL 18 in `DATA_DIR`',
    }),
  ),
  DATABASE_DIRECT_URL: Type.Optional(
    Type.String({
      pattern: '^postgres(ql)?://',
      description:
        'The same database past a PgBouncer: migrations and jobs. Setting it also turns prepared statements off on `DATABASE_URL`',
    }),
  ),
  DATA_DIR: Type.String({
    default: './data',
    minLength: 1,
    description: 'Embedded database and secrets made at the first start',
  }),
  BOT_TOKEN: Type.Optional(
    Type.String({
      pattern: '^[0-9]{1,20}:[A-Za-z0-9_-]{20,80}$',
      description: 'From @BotFather. Unset: the sandbox plays Telegram',
    }),
  ),
  BOT_USERNAME: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_]{5,32}$',
      description: 'The bot’s name without @. Unset: asked of Telegram',
    }),
  ),
  MINIAPP_NAME: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_]{3,64}$',
      description: 'Short name of the Mini App given to @BotFather. Unset: links open the chat',
    }),
  ),
  TELEGRAM_API_ROOT: Type.String({
    default: 'https://api.telegram.org',
    pattern: '^https?://',
    description: 'Another Bot API server',
  }),
  WEBHOOK_SECRET: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_-]{16,256}$',
      description: 'What Telegram sends with each update. Required with a webhook',
    }),
  ),
  TOKEN_KEYS: Type.Optional(
    Type.String({
      pattern: `^${KEY}(,${KEY})*$`,
      description:
        '`kid:base64url-of-32-bytes`, comma-separated, newest first. Required with `BOT_TOKEN`',
    }),
  ),
  REDIS_URL: Type.Optional(
    Type.String({ pattern: '^rediss?://', description: 'Rate limits shared between processes' }),
  ),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'trace, debug, info, warn, error or silent',
  }),
  TRUST_PROXY: Type.Optional(
    Type.String({
      pattern: '^[0-9a-fA-F.:/, ]+$',
      description: 'Addresses or CIDR ranges of the proxies in front, comma-separated',
    }),
  ),
  SANDBOX_WEEKS: Type.Integer({
    minimum: 0,
    maximum: 8,
    default: 4,
    description:
      'Weeks that the sandbox’s shop has behind it when it is made, so that its numbers show something',
  }),
})

export type Config = Static<typeof ConfigSchema>

/** The environment is faulty. The message names every fault and prints no value. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`The environment is faulty:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/** Reads the settings once and checks them whole. An empty variable counts as unset. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const data: Record<string, string> = {}
  for (const name of Object.keys(ConfigSchema.properties)) {
    const value = environment[name]?.trim()
    if (value) data[name] = value
  }
  const config = checked(data)
  const faults = faultsBetween(config)
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

/** Whether Telegram is played on this machine. */
export function isSandbox(config: Config): boolean {
  return config.BOT_TOKEN === undefined
}

/** Whether Telegram can reach this server. */
export function hasWebhook(config: Config): boolean {
  return !isSandbox(config) && (config.PUBLIC_URL?.startsWith('https://') ?? false)
}

/** Where people reach this server; on this machine when nothing else is said. */
export function publicUrlOf(config: Config): string {
  return config.PUBLIC_URL ?? `http://localhost:${config.PORT}`
}

function checked(data: Record<string, string>): Config {
  try {
    return envSchema<Config>({ schema: ConfigSchema, data, env: false, dotenv: false })
  } catch (error) {
    const errors = (error as { errors?: { instancePath: string; message?: string }[] }).errors ?? []
    throw new ConfigError(errors.map((fault) => `${fault.instancePath.slice(1)} ${fault.message}`))
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/

function faultsBetween(config: Config): string[] {
  const faults: string[] = []
  if (isSandbox(config) && !LOOPBACK.test(config.HOST)) {
    faults.push(
      'HOST must be a loopback address without BOT_TOKEN: the sandbox is for this machine only',
    )
  }
  if (!isSandbox(config) && !config.TOKEN_KEYS) {
    faults.push('TOKEN_KEYS is required with BOT_TOKEN (make one with `npx passalong keys`)')
  }
  if (hasWebhook(config) && !config.WEBHOOK_SECRET) {
    faults.push('WEBHOOK_SECRET is required with an https PUBLIC_URL')
  }
  return faults
}
