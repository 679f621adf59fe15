import { type BotApi, type BotApiOptions, startBotApi } from '../../../src/sandbox/bot-api.ts'

export const TOKEN = '700001:sandbox-token_for-tests'
export const ME = 700001

/** An answer whose parts the tests compare. */
// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire has no type yet
export type Json = any

interface Answer {
  ok: boolean
  result?: Json
  error_code?: number
  description?: string
  parameters?: { retry_after?: number; migrate_to_chat_id?: number }
}

export interface TestApi extends AsyncDisposable {
  url: string
  world: BotApi['world']
  /** Calls a method as a bot would. */
  call(method: string, params?: object): Promise<Answer>
  /** Does what a person does; a refusal is thrown. */
  sim(path: string, body?: object): Promise<Json>
  /** All updates that wait, taken off the queue. */
  updates(): Promise<Json[]>
  close: () => Promise<void>
}

/** A sandbox of its own, with one person (1001, who pressed Start) and a clock that can be moved. */
export async function testApi(options: Partial<BotApiOptions> = {}): Promise<TestApi> {
  const api = await startBotApi({
    token: TOKEN,
    username: 'demo_bot',
    appName: 'app',
    miniAppOrigin: 'https://passalong.example',
    patienceMs: 300,
    ...options,
  })
  const { url, world, close } = api
  const call = async (method: string, params: object = {}) => {
    return (await post(`${url}/bot${TOKEN}/${method}`, params)).json() as Promise<Answer>
  }
  const sim = async (path: string, body?: object) => {
    const reply = body ? await post(url + path, body) : await fetch(url + path)
    const answer = (await reply.json()) as Json
    if (!reply.ok) throw new Error(answer.error)
    return answer
  }
  const updates = async () => {
    const { result } = await call('getUpdates')
    const last = result.at(-1)
    if (last) await call('getUpdates', { offset: last.update_id + 1 })
    return result
  }
  await sim('/sim/people', { first_name: 'Mia', language_code: 'en', started: true })
  return { url, world, call, sim, updates, close, [Symbol.asyncDispose]: close }
}

/** A clock that stands until it is moved. */
export function testClock(start = '2026-11-22T12:00:00Z') {
  let now = new Date(start)
  return {
    now: () => now,
    wait: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
  }
}

export function button(data = 'go', text = 'Go') {
  return { inline_keyboard: [[{ text, callback_data: data }]] }
}

export function article(id = '1', extra: object = {}) {
  return {
    type: 'article',
    id,
    title: 'Share',
    input_message_content: { message_text: 'Have a voucher' },
    ...extra,
  }
}

function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}
