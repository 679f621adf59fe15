import { checkedLink, isHttps } from './links-allowed.ts'
import { misused, refused, stricter } from './refusals.ts'
import type { SimMarkup } from './sim.ts'

/** Where a keyboard is to stand: some buttons are for private chats only. */
export type MarkupPlace = 'private' | 'group' | 'inline'

type Button = NonNullable<SimMarkup['inline_keyboard']>[number][number]
type KeyButton = NonNullable<SimMarkup['keyboard']>[number][number]

const MOST_BUTTONS = 100
const MOST_IN_ROW = 8
const MOST_BYTES = 10 * 1024

/** What a button can do; each button does one of them. */
const ACTIONS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
  'disabled',
]

/** Checks a keyboard's buttons as Telegram's core does, after its shape was found right. */
export function checkMarkup(markup: SimMarkup | undefined, place: MarkupPlace): void {
  if (!markup) return
  const inline = markup.inline_keyboard
  if (place === 'inline' && !inline) throw stricter('inline messages take inline keyboards only')
  if (inline) checkSize(inline, markup)
  for (const button of inline?.flat() ?? []) checkButton(button, place)
  for (const button of markup.keyboard?.flat() ?? []) checkKey(button, place)
}

function checkSize(rows: Button[][], markup: SimMarkup): void {
  const isTooMuch = rows.flat().length > MOST_BUTTONS || JSON.stringify(markup).length > MOST_BYTES
  if (isTooMuch) throw misused('reply markup is too long')
  if (rows.some((row) => row.length > MOST_IN_ROW)) {
    throw stricter(`clients show at most ${MOST_IN_ROW} buttons in a row`)
  }
}

function checkButton(button: Button, place: MarkupPlace): void {
  if (button.text.trim() === '') throw misused('inline keyboard button text must be non-empty')
  const actions = ACTIONS.filter((action) => action in button)
  if (actions.length === 0) {
    throw misused(
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    )
  }
  if (actions.length > 1) throw stricter(`a button does one thing, not ${actions.join(' and ')}`)
  if (button.url !== undefined && !checkedLink(button.url)) {
    throw misused(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`)
  }
  if (button.web_app) checkWebApp(button.web_app.url, place, 'inline keyboard button')
  if ('login_url' in button) throw refused('BOT_DOMAIN_INVALID')
  if ('pay' in button || 'callback_game' in button) throw misused('BUTTON_TYPE_INVALID')
}

/** A button of the reply keyboard. */
function checkKey(button: KeyButton, place: MarkupPlace): void {
  if (button.text.trim() === '') throw misused('keyboard button text must be non-empty')
  if (button.web_app) checkWebApp(button.web_app.url, place, 'keyboard button')
  const asks = Object.keys(button).some((name) => name.startsWith('request_'))
  if (asks && place !== 'private') throw misused('BUTTON_TYPE_INVALID')
}

function checkWebApp(url: string, place: MarkupPlace, where: string): void {
  if (!isHttps(url)) {
    const isHttp = URL.parse(url)?.protocol === 'http:'
    const why = isHttp ? 'Only HTTPS links are allowed' : 'Wrong HTTP URL'
    throw misused(`${where} Web App URL '${url}' is invalid: ${why}`)
  }
  if (place !== 'private') throw misused('BUTTON_TYPE_INVALID')
}
