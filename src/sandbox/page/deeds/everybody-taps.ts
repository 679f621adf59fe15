import { readTappedLink } from '../../links.ts'
import type { CallbackAnswer, SimGroup, SimMessage, SimPerson } from '../../sim.ts'
import { type Desk, did, membersOf } from '../state/desk.ts'
import { note, type Phone } from '../state/phones.ts'
import { pressOf } from './press-button.ts'
import { callbackOf, type Target } from './tappable.ts'

/** Between two taps: quick, and slow enough to watch. */
const PAUSE_MS = 220

/** Lets all members press, one after another; nobody waits for the answer of another. */
export async function everybodyTaps(
  desk: Desk,
  phone: Phone,
  group: SimGroup,
  { message }: Target,
): Promise<void> {
  const taps: Promise<void>[] = []
  const shown = desk.threads.open(phone.person.peek() ?? 0, group.id)
  for (const member of membersOf(desk, group)) {
    // The bot changes the message meanwhile, and a button with it.
    const now = shown.peek().messages?.find((one) => one.message_id === message.message_id)
    taps.push(tap(desk, phone, member, now ?? message))
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  await Promise.all(taps)
}

async function tap(
  desk: Desk,
  phone: Phone,
  member: SimPerson,
  message: SimMessage,
): Promise<void> {
  const button = callbackOf(message)
  if (!button) return note(phone, 'came too late', member.id)
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
