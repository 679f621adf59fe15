import { expect } from 'vitest'

import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { type BotApiOptions, startBotApi } from '../../src/sandbox/bot-api.ts'
import type {
  CallbackAnswer,
  InlineResults,
  SimButton,
  SimCall,
  SimGroup,
  SimMessage,
  SimPerson,
} from '../../src/sandbox/sim.ts'
import { violationsOf } from '../../src/sandbox/world/calls.ts'
import type { World } from '../../src/sandbox/world.ts'
import type { Pace } from '../../src/telegram/pace.ts'
import { startTelegram } from '../../src/telegram/start-telegram.ts'
import { BOT_TOKEN, testApp } from './app.ts'

const BOT_ID = 4200000001
/** Sends at once, for tests that are about something else than limits. */
export const NO_PACE: Pace = (_, send) => send()

export type Telegram = AsyncDisposable & {
  url: string
  world: World
  /** What a person does; a refusal is thrown. */
  person(id: number, more?: Partial<SimPerson>): Promise<Person>
  group(members: number[]): Promise<SimGroup>
  fault(fault: {
    kind: string
    method?: string
    chat?: number
    times: number
    retryAfter?: number
  }): Promise<void>
  calls(method: string): SimCall[]
  sim<T>(path: string, body?: object): Promise<T>
}

export type Person = {
  id: number
  start(payload?: string): Promise<void>
  write(text: string, chat?: number): Promise<void>
  press(message: SimMessage, button: string): Promise<CallbackAnswer>
  query(query: string): Promise<InlineResults>
  post(results: InlineResults, chat: number, at?: number): Promise<SimMessage>
  /** All messages of a chat as the person sees them, their own with the bot when none is named. */
  sees(chat?: number): Promise<SimMessage[]>
  /** The bot's newest message once it says this. */
  reads(words: string | RegExp): Promise<SimMessage>
}

/** Telegram on this machine, strict and empty. */
export async function testTelegram(options: Partial<BotApiOptions> = {}): Promise<Telegram> {
  const api = await startBotApi({
    token: BOT_TOKEN,
    username: 'passalong_bot',
    appName: 'app',
    miniAppOrigin: 'https://passalong.example',
    ...options,
  })
  async function sim<T>(path: string, body?: object): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    const reply = await fetch(
      api.url + path,
      body && { method: 'POST', headers, body: JSON.stringify(body) },
    )
    const answer = (await reply.json()) as T & { error?: string }
    if (!reply.ok) throw new Error(answer.error)
    return answer
  }
  return {
    url: api.url,
    world: api.world,
    sim,
    person: async (id, more = {}) => {
      await sim('/sim/people', { id, first_name: `Person ${id}`, language_code: 'en', ...more })
      return personIn(sim, id)
    },
    group: (members) => sim('/sim/groups', { title: 'Friends', members }),
    fault: async (fault) => {
      await sim('/sim/faults', fault)
    },
    calls: (method) => api.world.calls.filter((call) => call.method === method),
    [Symbol.asyncDispose]: api.close,
  }
}

/** The program with its bot in a Telegram on this machine. Nothing the bot says may be against the rules. */
export async function testBot(
  options: Partial<BotApiOptions> & { pace?: Pace } = {},
): Promise<{ app: AppContext; telegram: Telegram } & AsyncDisposable> {
  const { pace = NO_PACE, ...apiOptions } = options
  const telegram = await testTelegram(apiOptions)
  let wakeInbox = () => {}
  let wakeOutbox = () => {}
  const app = await testApp({
    config: readConfig({ LOG_LEVEL: 'silent', TELEGRAM_API_ROOT: telegram.url }),
    bot: {
      id: BOT_ID,
      username: 'passalong_bot',
      token: BOT_TOKEN,
      appName: 'app',
      appUrl: 'https://passalong.example/app/',
    },
    wakeInbox: () => wakeInbox(),
    wakeOutbox: () => wakeOutbox(),
    now: () => new Date(),
  })
  const running = startTelegram(app, { pace })
  wakeInbox = running.wakeInbox
  wakeOutbox = running.wakeOutbox
  return {
    app,
    telegram,
    [Symbol.asyncDispose]: async () => {
      await running.stop()
      await telegram[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
      expect(violationsOf(telegram.world)).toEqual([])
    },
  }
}

/** What comes true after a while, also on a busy machine. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 10_000, interval: 30 })
}

/** The buttons of a message in reading order. */
export function buttonsOf(message: SimMessage): SimButton[] {
  return message.reply_markup?.inline_keyboard?.flat() ?? []
}

function personIn(sim: Telegram['sim'], id: number): Person {
  const sees = (chat = id) => sim<SimMessage[]>(`/sim/chats/${chat}/messages?as=${id}`)
  return {
    id,
    sees,
    start: async (payload) => {
      await sim('/sim/start', { from: id, ...(payload !== undefined && { payload }) })
    },
    write: async (text, chat = id) => {
      await sim('/sim/messages', { from: id, chat, text })
    },
    press: (message, words) => {
      const data = buttonsOf(message).find((button) => button.text.includes(words))?.callback_data
      const target = message.inline_message_id
        ? { inlineMessageId: message.inline_message_id }
        : { chatId: message.chat, messageId: message.message_id }
      return sim('/sim/callbacks', { from: id, data, ...target })
    },
    query: (query) => sim('/sim/inline-queries', { from: id, query }),
    post: (results, chat, at = 0) =>
      sim('/sim/inline-results', {
        from: id,
        chat,
        queryId: results.queryId,
        resultId: results.results[at]?.id,
      }),
    reads: async (words) => {
      let found: SimMessage | undefined
      await expect
        .poll(
          async () => {
            const messages = (await sees()).filter((message) => message.from.is_bot)
            found = messages.at(-1)
            return found?.text ?? found?.caption ?? ''
          },
          { timeout: 10_000, interval: 30 },
        )
        .toMatch(words)
      if (!found) throw new Error('no message')
      return found
    },
  }
}
