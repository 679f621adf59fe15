import { Telegram } from 'telegraf'

import type { AppContext, Bot } from '../context.ts'
import { call } from './call.ts'
import { untilAnswered } from './until-answered.ts'

/** Who the bot is, asked of Telegram until it answers. A token that it refuses is thrown. */
export async function askBot(
  telegram: { token: string; apiRoot: string },
  log: AppContext['log'],
  signal: AbortSignal,
): Promise<Pick<Bot, 'id' | 'username' | 'token'>> {
  const { token, apiRoot } = telegram
  const client = new Telegram(token, { apiRoot })
  const { id, username } = await untilAnswered(log, signal, () => call(client, 'getMe', undefined))
  return { id, username: username ?? '', token }
}
