import { randomBytes } from 'node:crypto'
import type { TelegramInlineQueryResult } from '@gramio/types'
import { checkMarkup } from '../check-markup.ts'
import { formatText, MESSAGE } from '../format-text.ts'
import { misused, notPlayed, refused, stricter } from '../refusals.ts'
import type { SimMarkup } from '../sim.ts'
import { answerCallback } from '../world/callbacks.ts'
import { linkPhoto } from '../world/files.ts'
import { answerQuery, type CheckedResult, type ResultMessage } from '../world/inline.ts'
import type { World } from '../world.ts'
import type { Methods, Params } from './context.ts'
import { captionFrom, formatting } from './send.ts'

const MOST_RESULTS = 50

/** Telegram names no lifetime for prepared messages; people have seen them expire within minutes. */
const PREPARED_MS = 10 * 60_000

export const answerMethods = {
  answerCallbackQuery: ({ world }, params) => {
    const { callback_query_id, text, show_alert, url } = params
    answerCallback(world, callback_query_id, {
      ...(text ? { text } : {}),
      ...(show_alert ? { show_alert } : {}),
      ...(url === undefined ? {} : { url }),
    })
    return true
  },

  answerInlineQuery: ({ world }, params) => {
    const results = params.results.map((result) => checkResult(world, result))
    if (results.length > MOST_RESULTS) throw misused('RESULTS_TOO_MUCH')
    const ids = new Set(results.map((result) => result.shown.id))
    if (ids.size < results.length) throw misused('RESULT_ID_DUPLICATE')
    answerQuery(world, params.inline_query_id, {
      results,
      isPersonal: params.is_personal ?? false,
      cacheSeconds: params.cache_time ?? 300,
      button: params.button,
    })
    return true
  },

  savePreparedInlineMessage: ({ world }, params) => {
    if (!world.met.has(params.user_id)) throw refused('user not found')
    const id = randomBytes(18).toString('base64url')
    const expiresAt = new Date(world.now().getTime() + PREPARED_MS)
    const prepared = { id, person: params.user_id, expiresAt, allowed: allowedChats(params) }
    world.prepared.set(id, { ...prepared, result: checkResult(world, params.result) })
    return { id, expiration_date: Math.floor(expiresAt.getTime() / 1000) }
  },
} satisfies Methods

function allowedChats(params: Params<'savePreparedInlineMessage'>) {
  const allowed = [
    ...(params.allow_user_chats ? ['users' as const] : []),
    ...(params.allow_bot_chats ? ['bots' as const] : []),
    ...(params.allow_group_chats ? ['groups' as const] : []),
  ]
  if (allowed.length === 0) throw stricter('a prepared message that is allowed nowhere')
  return allowed
}

/** Checks a result as a whole, so that sending it later cannot fail. */
function checkResult(world: World, result: TelegramInlineQueryResult): CheckedResult {
  if (result.type !== 'article' && result.type !== 'photo') {
    throw notPlayed(`the inline result ${result.type}`)
  }
  const markup = result.reply_markup as SimMarkup | undefined
  checkMarkup(markup, 'inline')
  const shown = { id: result.id, type: result.type, ...shownParts(result) }
  return { shown, message: { ...content(world, result), ...(markup ? { markup } : {}) } }
}

const SHOWN = ['title', 'description', 'thumbnail_url', 'photo_url']

function shownParts(result: object): Record<string, string> {
  return Object.fromEntries(Object.entries(result).filter(([name]) => SHOWN.includes(name)))
}

function content(world: World, result: TelegramInlineQueryResult): ResultMessage {
  if ('input_message_content' in result && result.input_message_content) {
    const text = result.input_message_content
    if (!('message_text' in text)) throw notPlayed('inline content other than text')
    return { text: formatText(String(text.message_text), formatting(text), MESSAGE) }
  }
  const caption = captionFrom(result)
  return { photo: photoOf(world, result), ...(caption ? { caption } : {}) }
}

function photoOf(world: World, result: TelegramInlineQueryResult) {
  if ('photo_file_id' in result) {
    const known = world.files.get(result.photo_file_id)
    if (!known) throw misused('wrong file identifier/HTTP URL specified')
    return known
  }
  return linkPhoto(world, 'photo_url' in result ? result.photo_url : '')
}
