import { readConfig } from '../../../src/config.ts'
import { buildHttp } from '../../../src/http/app.ts'
import { createLog } from '../../../src/log.ts'
import { openApp } from '../../../src/open-app.ts'
import type { Built, Ground } from './server.ts'

/** The product as main.ts wires it, without the workers that send messages and look at the clock. */
export async function product({ environment }: Ground): Promise<Built> {
  const config = readConfig(environment)
  const bot = { id: 4200000001, username: 'bench_bot', token: config.BOT_TOKEN ?? '' }
  const { app, close } = await openApp(config, createLog(config.LOG_LEVEL), bot)
  return { http: (await buildHttp(app)) as unknown as Built['http'], close }
}
