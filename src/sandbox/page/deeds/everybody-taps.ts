import { readTappedLink } from '../../links.ts'
import type { CallbackAnswer, SimButton, SimGroup, SimMessage, SimPerson } from '../../sim.ts'
import { type Desk, did, membersOf } from '../state/desk.ts'
import { note, type Phone } from '../state/phones.ts'
import { pressOf } from './press-button.ts'

/** Between two taps: quick, and slow enough to watch. */
const PAUSE_MS = 220

export interface Target {
  message: SimMessage
  button: SimButton
}

/** What all members can press: the first callback of the newest message that has one. */
export function tappable(messages: readonly SimMessage[]): Target | undefined {
  for (const message of messages.toReversed()) {
    const button = callbackOf(message)
    if (button) return { message, button }
  }
  return undefined
}

/** Lets all members press, one after another; nobody waits for the answer of another. */
export async function everybodyTaps(
  desk: Desk,
  phone: Phone,
  group: SimGroup,
  { message }: Target,
): Promise<void> {
  const taps: Promise<void>[] = []
  for (const member of membersOf(desk, group)) {
    taps.push(tap(desk, phone, member, message))
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  await Promise.all(taps)
}

async function tap(
  desk: Desk,
  phone: Phone,
  member: SimPerson,
  { chat, message_id }: SimMessage,
): Promise<void> {
  // The bot changes the message meanwhile, and a button with it.
  const { messages = [] } = desk.threads.open(member.id, chat).peek()
  const message = messages.find((one) => one.message_id === message_id)
  const button = message && callbackOf(message)
  if (!message || !button) return note(phone, 'came too late', member.id)
  const press = desk.api.press(pressOf(message, button.callback_data ?? '', member.id))
  const answer = await press.catch(() => undefined)
  note(phone, answer ? await heard(desk, member, answer) : 'came too late', member.id)
}

/** What the member is told. Who is sent to the bot's chat goes there, on a phone that is not shown. */
async function heard(desk: Desk, member: SimPerson, answer: CallbackAnswer): Promise<string> {
  if (!answer.answered) return 'got no answer'
  did(desk, 'tapped')
  const bot = desk.world.peek()?.bot
  const link = answer.url && bot ? readTappedLink(answer.url, bot) : undefined
  if (link?.kind !== 'start') return answer.text ?? 'tapped'
  await desk.api.start({ from: member.id, payload: link.payload }).catch(() => undefined)
  return answer.text ?? 'went on in the bot’s chat'
}

function callbackOf(message: SimMessage): SimButton | undefined {
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat()
  return buttons.find((one) => one.callback_data !== undefined && !one.disabled)
}
