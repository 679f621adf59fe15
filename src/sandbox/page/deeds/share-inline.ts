import type { SimButton } from '../../sim.ts'
import type { Desk } from '../state/desk.ts'
import { askForChat, openChat, type Phone } from '../state/phones.ts'
import { attempt } from './attempt.ts'

type Allowed = { users: boolean; groups: boolean }

/** Lets the holder pick a chat and stands there with `@bot query`, as a client does after Share. */
export async function shareInline(
  desk: Desk,
  phone: Phone,
  query: string,
  allowed: Allowed,
): Promise<void> {
  const chat = await askForChat(phone, { title: 'Share with…', ...allowed })
  if (chat === undefined) return
  openChat(phone, chat)
  writeQuery(desk, phone, query)
}

/** Puts `@bot query` into the composer, which asks the bot for results. */
export function writeQuery(desk: Desk, phone: Phone, query: string): void {
  phone.draft.value = `@${desk.world.peek()?.bot.username} ${query}`
}

/** The chats that a button lets one choose from. */
export function allowedBy(
  button: NonNullable<SimButton['switch_inline_query_chosen_chat']>,
): Allowed {
  return { users: button.allow_user_chats === true, groups: button.allow_group_chats === true }
}

/** Posts a result into the open chat, in the holder's name. */
export async function chooseResult(
  desk: Desk,
  phone: Phone,
  queryId: string,
  resultId: string,
): Promise<void> {
  const from = phone.person.peek()
  const chat = phone.chat.peek()
  if (from === undefined || chat === undefined) return
  phone.draft.value = ''
  const sent = await attempt(phone, desk.api.choose({ from, chat, queryId, resultId }))
  if (sent) desk.threads.receive({ kind: 'message', chat, readers: [from], message: sent })
}

/** The Mini App's `shareMessage`: answers how it went, in Telegram's words. */
export async function sharePrepared(
  desk: Desk,
  phone: Phone,
  id: string,
): Promise<'sent' | { error: string }> {
  const chat = await askForChat(phone, { title: 'Share with…', users: true, groups: true })
  const from = phone.person.peek()
  if (chat === undefined || from === undefined) return { error: 'USER_DECLINED' }
  try {
    await desk.api.sharePrepared({ from, id, chat })
    return 'sent'
  } catch (error) {
    return { error: error instanceof Error ? error.message : 'UNKNOWN_ERROR' }
  }
}
