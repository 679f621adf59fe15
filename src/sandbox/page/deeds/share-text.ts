import { askForChat, openChat, type Phone } from '../state/phones.ts'

/** Lets the holder pick a chat and stands there with the text, ready to be sent. */
export async function shareText(phone: Phone, text: string): Promise<void> {
  const chat = await askForChat(phone, { title: 'Share with…', users: true, groups: true })
  if (chat === undefined) return
  openChat(phone, chat)
  phone.draft.value = text
}
