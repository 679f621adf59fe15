import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Impossible, misused, refused } from '../refusals.ts'
import type { CallbackAnswer, PressedButton } from '../sim.ts'
import type { World } from '../world.ts'
import { tell } from './events.ts'
import { messageAt, messageForBot, type StoredMessage } from './messages.ts'
import { userOf } from './people.ts'
import { chatInstance, placeOf, readersOf } from './places.ts'
import { queueUpdate } from './updates.ts'

export interface CallbackQuery {
  id: string
  from: number
  askedAt: Date
  /** Settles the wait of the person; taken away with the first answer. */
  answer: ((answer: CallbackAnswer) => void) | undefined
}

/** How long an answer is taken. Telegram names no number; a person has long stopped looking. */
const ANSWERABLE_MS = 15_000

/** A person presses a callback button, and waits for the answer as a client does. */
export async function pressButton(world: World, press: PressedButton): Promise<CallbackAnswer> {
  const message = pressedMessage(world, press)
  if (!press.forged && !hasButton(message, press.data)) {
    throw new Impossible('The message has no button with this data.')
  }
  const { promise, resolve } = Promise.withResolvers<CallbackAnswer>()
  const query = { id: newQueryId(), from: press.from, askedAt: world.now(), answer: resolve }
  world.callbacks.set(query.id, query)
  queueUpdate(world, 'callback_query', {
    id: query.id,
    from: userOf(world, press.from),
    chat_instance: chatInstance(world, message.place, 'callback'),
    data: press.data,
    ...(message.inlineMessageId
      ? { inline_message_id: message.inlineMessageId }
      : { message: messageForBot(world, message) }),
  })
  return Promise.race([promise, unanswered(world)])
}

/** Takes the bot's answer: the first one, and only while somebody may still be looking. */
export function answerCallback(
  world: World,
  id: string,
  answer: { text?: string; show_alert?: boolean; url?: string },
): void {
  const query = world.callbacks.get(id)
  const settle = query?.answer
  if (!query || !settle || world.now().getTime() - query.askedAt.getTime() > ANSWERABLE_MS) {
    throw refused('query is too old and response timeout expired or query ID is invalid')
  }
  if (answer.url !== undefined && !opensThisBot(world, answer.url)) throw misused('URL_INVALID')
  query.answer = undefined
  const shown: CallbackAnswer = {
    answered: true,
    show_alert: answer.show_alert ?? false,
    ...(answer.text ? { text: answer.text } : {}),
    ...(answer.url ? { url: answer.url } : {}),
  }
  settle(shown)
  tell(world, { kind: 'callback-answer', person: query.from, answer: shown })
}

export function newQueryId(): string {
  return `${randomInt(1e9, 9e9)}${randomInt(1e8, 9e8)}`
}

function pressedMessage(world: World, press: PressedButton): StoredMessage {
  const message =
    'inlineMessageId' in press
      ? world.inlineMessages.get(press.inlineMessageId)
      : messageAt(world, placeOf(world, press.from, press.chatId), press.messageId)
  if (!message || !readersOf(world, message.place).includes(press.from)) {
    throw new Impossible('This person sees no such message.')
  }
  return message
}

function hasButton(message: StoredMessage, data: string): boolean {
  const buttons = message.markup?.inline_keyboard?.flat() ?? []
  return buttons.some((button) => button.callback_data === data)
}

async function unanswered(world: World): Promise<CallbackAnswer> {
  await delay(world.patienceMs, undefined, { ref: false })
  return { answered: false, show_alert: false }
}

/** Besides games, an answer may open only the bot itself, as `t.me/<bot>?start=…`. */
function opensThisBot(world: World, address: string): boolean {
  const url = URL.parse(address)
  const isHere = url?.hostname === 't.me' && url.searchParams.has('start')
  return isHere && url.pathname.slice(1).toLowerCase() === world.bot.username.toLowerCase()
}
