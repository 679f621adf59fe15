import { isDeepStrictEqual } from 'node:util'
import { checkMarkup } from '../check-markup.ts'
import { formatText, MESSAGE } from '../format-text.ts'
import { misused, refused } from '../refusals.ts'
import type { SimMarkup } from '../sim.ts'
import { countSend } from '../world/buckets.ts'
import {
  changeMessage,
  type MessageContent,
  messageAt,
  messageForBot,
  removeMessage,
  type StoredMessage,
} from '../world/messages.ts'
import type { World } from '../world.ts'
import { chatIdOf, type Methods, readableChat, refuseUnplayed, writableChat } from './context.ts'
import { captionFrom, formatting, isEmpty, markupPlace } from './send.ts'

export const editMethods = {
  editMessageText: ({ world }, params) => {
    refuseUnplayed(params)
    const text = formatText(String(params.text ?? ''), formatting(params), MESSAGE)
    const message = editable(world, params)
    if (!message.text) throw refused('there is no text in the message to edit')
    return edit(world, message, params, { text })
  },

  editMessageCaption: ({ world }, params) => {
    refuseUnplayed(params)
    const caption = captionFrom(params)
    const message = editable(world, params)
    if (!message.photo && !message.document)
      throw refused('there is no caption in the message to edit')
    return edit(world, message, params, { caption })
  },

  editMessageReplyMarkup: ({ world }, params) => {
    refuseUnplayed(params)
    const message = editable(world, params)
    return edit(world, message, params, {})
  },

  deleteMessage: ({ world }, params) => {
    const place = readableChat(world, params.chat_id)
    const message = messageAt(world, place, params.message_id)
    if (!message) throw refused('message to delete not found')
    if (!mayDelete(world, message)) throw refused("message can't be deleted")
    removeMessage(world, message)
    return true
  },
} satisfies Methods

interface Target {
  chat_id?: number | string
  message_id?: number
  inline_message_id?: string
}

type Change = Partial<MessageContent>

/** The message that the bot wants to change: its own, or one sent via it. */
function editable(world: World, target: Target): StoredMessage {
  if (target.inline_message_id !== undefined) {
    const message = world.inlineMessages.get(target.inline_message_id)
    if (!message) throw refused('MESSAGE_ID_INVALID')
    return message
  }
  if (target.chat_id === undefined) throw misused('chat_id is empty')
  if (target.message_id === undefined) throw misused('message identifier is not specified')
  const message = messageAt(world, writableChat(world, target.chat_id), target.message_id)
  if (!message) throw refused('message to edit not found')
  if (message.from !== world.bot.id) throw refused("message can't be edited")
  return message
}

/** Text and keyboard are replaced together: an edit without a keyboard takes it away. */
function edit(
  world: World,
  message: StoredMessage,
  params: { reply_markup?: unknown },
  change: Change,
) {
  const given = params.reply_markup as SimMarkup | undefined
  const isInline = message.inlineMessageId !== undefined
  checkMarkup(given, isInline ? 'inline' : markupPlace(message.place))
  const markup = given && !isEmpty(given) ? given : undefined
  const before = { text: message.text, caption: message.caption, markup: message.markup }
  const after = { ...before, ...change, markup }
  if (isDeepStrictEqual(after, before)) {
    throw refused(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  }
  if (!isInline) countSend(world, chatIdOf(message.place))
  changeMessage(world, message, after)
  return isInline ? (true as const) : messageForBot(world, message)
}

/** Within two days: its own everywhere, others' in private chats and as an administrator. */
function mayDelete(world: World, message: StoredMessage): boolean {
  const ageHours = (world.now().getTime() - message.sentAt.getTime()) / 3_600_000
  if (ageHours > 48) return false
  if (message.from === world.bot.id || message.place.kind === 'bot') return true
  if (message.place.kind !== 'group') return false
  return world.groups.get(message.place.group)?.members.get(world.bot.id) === 'administrator'
}
