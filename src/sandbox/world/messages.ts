import { randomBytes } from 'node:crypto'
import type { TelegramChat, TelegramMessage } from '@gramio/types'
import type { FormattedText } from '../format-text.ts'
import type { SimMarkup, SimMessage } from '../sim.ts'
import type { World } from '../world.ts'
import { tell } from './events.ts'
import type { StoredDocument, StoredFile } from './files.ts'
import { userOf } from './people.ts'
import { botIsIn, chatIdFor, keyOf, type Place, readersOf } from './places.ts'
import { queueUpdate } from './updates.ts'

export interface Chat {
  lastId: number
  messages: Map<number, StoredMessage>
}

export interface StoredMessage extends NewMessage {
  message_id: number
  sentAt: Date
  editedAt?: Date
}

export interface NewMessage {
  place: Place
  /** A person's id or the bot's. */
  from: number
  /** Set on what a person sent via the bot. */
  inlineMessageId?: string
  text?: FormattedText | undefined
  photo?: StoredFile
  document?: StoredDocument
  caption?: FormattedText | undefined
  markup?: SimMarkup | undefined
  isProtected?: boolean
  replyTo?: number | undefined
  /** A line of the chat's own, and what the bot is told of it. */
  service?: { words: string; fields: Record<string, unknown> }
}

/** What an edit can change. */
export type MessageContent = Pick<NewMessage, 'text' | 'caption' | 'markup'>

/** Puts a message into its chat, shows it, and tells the bot if the bot may read it. */
export function addMessage(world: World, message: NewMessage): StoredMessage {
  const chat = chatAt(world, message.place)
  const added = { ...message, message_id: ++chat.lastId, sentAt: world.now() }
  chat.messages.set(added.message_id, added)
  if (added.inlineMessageId) world.inlineMessages.set(added.inlineMessageId, added)
  show(world, 'message', added)
  if (message.from !== world.bot.id || message.service) announce(world, added)
  return added
}

export function newInlineMessageId(): string {
  return randomBytes(20).toString('base64url')
}

/** Changes a message; everybody who sees it sees the change. */
export function changeMessage(world: World, message: StoredMessage, change: MessageContent): void {
  Object.assign(message, change, { editedAt: world.now() })
  show(world, 'edited', message)
}

export function removeMessage(world: World, message: StoredMessage): void {
  chatAt(world, message.place).messages.delete(message.message_id)
  if (message.inlineMessageId) world.inlineMessages.delete(message.inlineMessageId)
  for (const { chat, readers } of viewsOf(world, message.place)) {
    tell(world, { kind: 'deleted', chat, readers, message_id: message.message_id })
  }
}

export function messagesAt(world: World, place: Place): StoredMessage[] {
  return [...chatAt(world, place).messages.values()]
}

export function messageAt(world: World, place: Place, id: number): StoredMessage | undefined {
  return chatAt(world, place).messages.get(id)
}

function chatAt(world: World, place: Place): Chat {
  const key = keyOf(place)
  const known = world.chats.get(key)
  if (known) return known
  const chat: Chat = { lastId: world.messageIdsAfter, messages: new Map() }
  world.chats.set(key, chat)
  return chat
}

/** The message as the Bot API gives it to the bot. */
export function messageForBot(world: World, message: StoredMessage): TelegramMessage {
  const { text, caption, photo, document, markup, replyTo } = message
  const repliedTo = replyTo === undefined ? undefined : messageAt(world, message.place, replyTo)
  return {
    message_id: message.message_id,
    from: userOf(world, message.from),
    chat: chatForBot(world, message.place),
    date: seconds(message.sentAt),
    ...(message.editedAt ? { edit_date: seconds(message.editedAt) } : {}),
    ...(message.inlineMessageId ? { via_bot: userOf(world, world.bot.id) } : {}),
    ...(message.isProtected ? { has_protected_content: true } : {}),
    ...(repliedTo
      ? { reply_to_message: messageForBot(world, { ...repliedTo, replyTo: undefined }) }
      : {}),
    ...(text ? { text: text.text, entities: text.entities } : {}),
    ...(photo ? { photo: [photoSize(photo)] } : {}),
    ...(document ? { document: documentForBot(document) } : {}),
    ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}),
    ...(markup?.inline_keyboard
      ? { reply_markup: { inline_keyboard: markup.inline_keyboard } }
      : {}),
    ...message.service?.fields,
  } as TelegramMessage
}

/** The message as one person sees it. */
export function messageForReader(world: World, message: StoredMessage, reader: number): SimMessage {
  const { text, caption, photo, document } = message
  const from = userOf(world, message.from)
  return {
    message_id: message.message_id,
    chat: chatIdFor(message.place, reader),
    from: { id: from.id, first_name: from.first_name, is_bot: from.is_bot },
    date: seconds(message.sentAt),
    ...(message.editedAt ? { edit_date: seconds(message.editedAt) } : {}),
    ...(message.inlineMessageId
      ? { inline_message_id: message.inlineMessageId, via_bot: { username: world.bot.username } }
      : {}),
    ...(text ? { text: text.text, entities: text.entities } : {}),
    ...(photo ? { photo: addressOf(photo) } : {}),
    ...(document ? { document: documentForReader(document) } : {}),
    ...(caption ? { caption: caption.text, caption_entities: caption.entities } : {}),
    ...(message.isProtected ? { protect_content: true } : {}),
    ...(message.replyTo === undefined ? {} : { reply_to_message_id: message.replyTo }),
    ...(message.markup ? { reply_markup: message.markup } : {}),
    ...(message.service ? { service: message.service.words } : {}),
  }
}

export function chatForBot(world: World, place: Place): TelegramChat {
  if (place.kind === 'group') {
    const group = world.groups.get(place.group)
    return { id: place.group, type: group?.type ?? 'group', title: group?.title ?? '' }
  }
  const id = place.kind === 'bot' ? place.person : place.people[0]
  const { first_name, last_name, username } = userOf(world, id)
  return {
    id,
    type: 'private',
    first_name,
    ...(last_name ? { last_name } : {}),
    ...(username ? { username } : {}),
  }
}

/**
 * Tells the bot of a message. In a group it reads, unless it is an administrator, only commands
 * meant for it, replies to it, what was sent via it and service lines ("privacy mode").
 */
function announce(world: World, message: StoredMessage): void {
  const { place } = message
  if (!botIsIn(world, place)) return
  if (place.kind === 'group' && !mayReadInGroup(world, message, place.group)) return
  queueUpdate(world, 'message', messageForBot(world, message))
}

function mayReadInGroup(world: World, message: StoredMessage, groupId: number): boolean {
  if (world.groups.get(groupId)?.members.get(world.bot.id) === 'administrator') return true
  if (message.service || message.inlineMessageId) return true
  const repliedTo = message.replyTo && messageAt(world, message.place, message.replyTo)
  if (repliedTo && repliedTo.from === world.bot.id) return true
  const command = /^\/\w+(?:@(?<bot>\w+))?/.exec(message.text?.text ?? '')
  if (!command) return false
  const meant = command.groups?.['bot']
  return meant === undefined || meant.toLowerCase() === world.bot.username.toLowerCase()
}

function show(world: World, kind: 'message' | 'edited', message: StoredMessage): void {
  for (const { chat, readers, reader } of viewsOf(world, message.place)) {
    tell(world, { kind, chat, readers, message: messageForReader(world, message, reader) })
  }
}

/** One view for all members of a group, two for a chat of two people: each knows it by the other. */
function viewsOf(
  world: World,
  place: Place,
): { chat: number; readers: number[]; reader: number }[] {
  const readers = readersOf(world, place)
  const [first] = readers
  if (first === undefined) return []
  if (place.kind !== 'dialog') return [{ chat: chatIdFor(place, first), readers, reader: first }]
  return readers.map((reader) => ({ chat: chatIdFor(place, reader), readers: [reader], reader }))
}

function photoSize(photo: StoredFile) {
  const { id, width, height } = photo
  return { file_id: id, file_unique_id: id.slice(0, 16), width, height }
}

function documentForBot({ id, name, type, bytes }: StoredDocument) {
  return {
    file_id: id,
    file_unique_id: id.slice(0, 16),
    file_name: name,
    mime_type: type.split(';')[0],
    file_size: bytes.length,
  }
}

function documentForReader({ id, name, bytes }: StoredDocument) {
  return { name, size: bytes.length, address: `/sim/files/${id}` }
}

function addressOf(photo: StoredFile): string {
  return 'url' in photo.content ? photo.content.url : `/sim/files/${photo.id}`
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}
