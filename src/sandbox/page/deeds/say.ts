import type { Desk } from '../state/desk.ts'
import { askForChat, openChat, type Phone } from '../state/phones.ts'
import { attempt } from './attempt.ts'

/** Sends a text into the open chat. */
export async function say(desk: Desk, phone: Phone, text: string): Promise<void> {
  const from = phone.person.peek()
  const chat = phone.chat.peek()
  if (from === undefined || chat === undefined || text.trim() === '') return
  const sent = await attempt(phone, desk.api.type({ from, chat, text: text.trim() }))
  if (!sent) return
  desk.threads.receive({ kind: 'message', chat, readers: [from], message: sent })
}

/** Presses Start, bare or behind a link, in the holder's chat with the bot. */
export async function pressStart(desk: Desk, phone: Phone, payload?: string): Promise<void> {
  const from = phone.person.peek()
  if (from === undefined) return
  openChat(phone, from)
  const link = { from, ...(payload ? { payload } : {}) }
  const sent = await attempt(phone, desk.api.start(link))
  if (sent) desk.threads.receive({ kind: 'message', chat: from, readers: [from], message: sent })
}

/** Follows a `?startgroup=` link: the holder chooses a group, and the bot comes into it. */
export async function addToGroup(desk: Desk, phone: Phone, payload: string): Promise<void> {
  const from = phone.person.peek()
  const group = await askForChat(phone, { title: 'Add to a group', users: false, groups: true })
  if (from === undefined || group === undefined) return
  openChat(phone, group)
  await attempt(phone, desk.api.start({ from, payload, group }))
}
