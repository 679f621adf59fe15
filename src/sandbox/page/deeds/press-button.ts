import type { CallbackAnswer, PressedButton, SimButton, SimMessage } from '../../sim.ts'
import { type Desk, did } from '../state/desk.ts'
import { ask, note, type Phone } from '../state/phones.ts'
import { attempt } from './attempt.ts'
import { copyText } from './copy-text.ts'
import { followLink } from './follow-link.ts'
import { openMiniApp } from './open-mini-app.ts'
import { allowedBy, shareInline, writeQuery } from './share-inline.ts'

/** What the button under a message does. */
export async function pressButton(
  desk: Desk,
  phone: Phone,
  message: SimMessage,
  button: SimButton,
): Promise<void> {
  const chosenChat = button.switch_inline_query_chosen_chat
  if (button.disabled) return
  if (button.callback_data !== undefined) return pressCallback(desk, phone, message, button)
  if (button.copy_text) return copyText(phone, button.copy_text.text)
  if (button.url) return followLink(desk, phone, button.url)
  if (button.web_app) return openMiniApp(desk, phone, { via: 'button', url: button.web_app.url })
  if (chosenChat) return shareInline(desk, phone, chosenChat.query ?? '', allowedBy(chosenChat))
  if (button.switch_inline_query !== undefined) {
    return shareInline(desk, phone, button.switch_inline_query, { users: true, groups: true })
  }
  if (button.switch_inline_query_current_chat !== undefined) {
    writeQuery(desk, phone, button.switch_inline_query_current_chat)
  }
}

/** Names a button on the phone, to show that its answer is awaited. */
export function pressKey(message: SimMessage, button: SimButton): string {
  return `${message.chat}/${message.message_id}/${button.callback_data}`
}

/** The press as the simulation takes it: messages sent via the bot have an id of their own. */
export function pressOf(message: SimMessage, data: string, from: number): PressedButton {
  const { inline_message_id: inlineMessageId } = message
  if (inlineMessageId !== undefined) return { from, data, inlineMessageId }
  return { from, data, chatId: message.chat, messageId: message.message_id }
}

async function pressCallback(
  desk: Desk,
  phone: Phone,
  message: SimMessage,
  button: SimButton,
): Promise<void> {
  const from = phone.person.peek()
  const key = pressKey(message, button)
  if (from === undefined || phone.waiting.peek().has(key)) return
  phone.waiting.value = new Set([...phone.waiting.peek(), key])
  const press = desk.api.press(pressOf(message, button.callback_data ?? '', from))
  const answer = await attempt(phone, press)
  phone.waiting.value = new Set([...phone.waiting.peek()].filter((other) => other !== key))
  if (message.chat < 0 && answer?.answered) did(desk, 'tapped')
  if (answer && phone.person.peek() === from) await showAnswer(desk, phone, answer)
}

async function showAnswer(desk: Desk, phone: Phone, answer: CallbackAnswer): Promise<void> {
  const title = desk.world.peek()?.bot.first_name ?? ''
  if (!answer.answered) note(phone, 'The bot did not answer.')
  if (answer.text && answer.show_alert) {
    await ask(phone, { title, message: answer.text, buttons: [{ id: 'ok', text: 'OK' }] })
  } else if (answer.text) note(phone, answer.text)
  if (answer.url) await followLink(desk, phone, answer.url)
}
