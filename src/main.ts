import { existsSync } from 'node:fs'
import closeWithGrace from 'close-with-grace'

import { type Config, ConfigError, isSandbox, publicUrlOf, readConfig } from './config.ts'
import type { Bot } from './context.ts'
import { buildHttp } from './http/app.ts'
import { startClock } from './jobs/clock.ts'
import { startLongWork } from './jobs/long-work.ts'
import { createLog, destinationFor } from './log.ts'
import { openApp } from './open-app.ts'
import { seedShop } from './sandbox/demo/seed-shop.ts'
import { sandboxPages } from './sandbox/pages.ts'
import { type Sandbox, startSandbox } from './sandbox/sandbox.ts'
import { readSecrets } from './secrets.ts'
import { askBot } from './telegram/ask-bot.ts'
import { startTelegram } from './telegram/start-telegram.ts'

/** Docker kills after ten seconds. */
const CLOSING_MS = 8_000

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : describe(error)}\n`)
  process.exitCode = 1
})

/** Starts the whole product and stops it in the opposite order when it is told to. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const settings = readConfig(process.env)
  const log = createLog(settings.LOG_LEVEL, destinationFor(process.stdout))
  const parts = new AsyncDisposableStack()
  const stopping = new AbortController()
  closeWithGrace({ delay: CLOSING_MS, logger: false }, async ({ err }) => {
    if (err) log.fatal({ err }, 'the program cannot go on')
    stopping.abort()
    await parts.disposeAsync()
  })

  const sandbox = isSandbox(settings)
    ? await startSandbox(readSecrets(settings).botToken)
    : undefined
  if (sandbox) parts.defer(() => sandbox.close())
  const config: Config = sandbox ? { ...settings, TELEGRAM_API_ROOT: sandbox.apiRoot } : settings
  const bot = sandbox?.bot ?? (await findBot(config, log, stopping.signal))

  const { app, directUrl, close } = await openApp(config, log, bot)
  parts.defer(close)
  if (sandbox) await seedShop(app, { weeks: config.SANDBOX_WEEKS })
  const clock = await startClock(app, directUrl)
  parts.defer(() => clock.stop())
  const telegram = startTelegram(app)
  app.wakeInbox = telegram.wakeInbox
  app.wakeOutbox = telegram.wakeOutbox
  parts.defer(() => telegram.stop())
  const work = startLongWork(app)
  app.wakeWork = () => work.wake()
  parts.defer(() => work.stop())

  const server = await buildHttp(
    app,
    sandbox && ((http) => sandboxPages(http, app, sandbox.apiRoot)),
  )
  parts.defer(() => server.close())
  await server.listen({ host: config.HOST, port: config.PORT })
  greet(config, sandbox)
}

async function findBot(
  config: Config,
  log: Parameters<typeof askBot>[1],
  signal: AbortSignal,
): Promise<Bot> {
  const token = config.BOT_TOKEN ?? ''
  const known = config.BOT_USERNAME && {
    id: Number(token.split(':')[0]),
    username: config.BOT_USERNAME,
    token,
  }
  const bot = known || (await askBot({ token, apiRoot: config.TELEGRAM_API_ROOT }, log, signal))
  return {
    ...bot,
    ...(config.MINIAPP_NAME && { appName: config.MINIAPP_NAME }),
    ...(config.PUBLIC_URL?.startsWith('https://') && { appUrl: `${config.PUBLIC_URL}/app/` }),
  }
}

/** Where to look first. */
function greet(config: Config, sandbox: Sandbox | undefined): void {
  const url = publicUrlOf(config)
  const lines = sandbox
    ? [
        'Passalong runs, and plays Telegram on this machine.',
        '',
        `  try it   ${url}/sandbox`,
        `  API      ${url}/docs`,
        '',
        'Ctrl-C stops it.',
      ]
    : [`Passalong runs at ${url}`, `  API   ${url}/docs`]
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
}

function describe(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string }
  return code === 'EADDRINUSE'
    ? 'The port is taken. Set PORT to another one.'
    : `Passalong cannot start: ${message}`
}
