import { SANDBOX_BOT_USERNAME } from '../config.ts'
import type { Bot } from '../context.ts'
import { startBotApi } from './bot-api.ts'
import { CAST, GROUP_TITLE } from './demo/cast.ts'
import { addGroup } from './world/groups.ts'
import { addPerson } from './world/people.ts'

/** Telegram accepts only https for a Mini App, so it gets an address that the page maps to this machine. */
const MINI_APP_ORIGIN = 'https://passalong.example'
const APP_NAME = 'app'

export type Sandbox = {
  /** Where the bot finds Telegram. */
  apiRoot: string
  bot: Bot
  close(): Promise<void>
}

/** Plays Telegram on this machine: a Bot API server and the people of the demo, on loopback only. */
export async function startSandbox(botToken: string): Promise<Sandbox> {
  const api = await startBotApi({
    token: botToken,
    username: SANDBOX_BOT_USERNAME,
    firstName: 'Passalong',
    appName: APP_NAME,
    miniAppOrigin: MINI_APP_ORIGIN,
    // The database outlives this Telegram, and knows till commands by their message ids.
    messageIdsAfter: Date.now(),
  })
  for (const { role, ...person } of CAST) addPerson(api.world, person)
  addGroup(api.world, {
    title: GROUP_TITLE,
    type: 'supergroup',
    members: CAST.filter(({ role }) => role === 'shopper' || role === 'member').map(({ id }) => id),
  })
  const bot: Bot = {
    id: Number(botToken.split(':')[0]),
    username: SANDBOX_BOT_USERNAME,
    token: botToken,
    appName: APP_NAME,
    appUrl: `${MINI_APP_ORIGIN}/app/`,
  }
  return { apiRoot: api.url, bot, close: api.close }
}
