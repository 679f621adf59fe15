import type { TelegramReplyParameters } from '@gramio/types'
import { checkMarkup, type MarkupPlace } from '../check-markup.ts'
import {
  CAPTION,
  type FormattedText,
  type Formatting,
  formatText,
  MESSAGE,
} from '../format-text.ts'
import { misused, notPlayed, refused } from '../refusals.ts'
import type { SimEntity, SimMarkup } from '../sim.ts'
import { countSend } from '../world/buckets.ts'
import {
  linkPhoto,
  type StoredDocument,
  type StoredFile,
  storeDocument,
  storePhoto,
} from '../world/files.ts'
import { addMessage, messageAt, messageForBot, type NewMessage } from '../world/messages.ts'
import type { Place } from '../world/places.ts'
import type { World } from '../world.ts'
import {
  type CallContext,
  chatIdOf,
  type Methods,
  refuseUnplayed,
  writableChat,
} from './context.ts'

export const sendMethods = {
  sendMessage: ({ world }, params) => {
    refuseUnplayed(params)
    const text = formatText(String(params.text), formatting(params), MESSAGE)
    return send(world, params, { text })
  },

  sendPhoto: (context, params) => {
    refuseUnplayed(params)
    const photo = photoFrom(context, params.photo)
    const caption = captionFrom(params)
    return send(context.world, params, { photo, ...(caption ? { caption } : {}) })
  },

  sendDocument: (context, params) => {
    refuseUnplayed(params)
    const document = documentFrom(context, params.document)
    const caption = captionFrom(params)
    return send(context.world, params, { document, ...(caption ? { caption } : {}) })
  },

  sendChatAction: ({ world }, params) => {
    refuseUnplayed(params)
    if (!CHAT_ACTIONS.includes(params.action)) throw misused('wrong parameter action in request')
    writableChat(world, params.chat_id)
    return true
  },
} satisfies Methods

const CHAT_ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]

interface SendParams {
  chat_id: number | string
  reply_markup?: unknown
  reply_parameters?: TelegramReplyParameters
  protect_content?: boolean
}

function send(world: World, params: SendParams, content: Partial<NewMessage>) {
  const markup = params.reply_markup as SimMarkup | undefined
  const place = writableChat(world, params.chat_id)
  checkMarkup(markup, markupPlace(place))
  const replyTo = repliedTo(world, place, params.reply_parameters)
  countSend(world, chatIdOf(place))
  const message = addMessage(world, {
    ...content,
    place,
    from: world.bot.id,
    ...(markup && !isEmpty(markup) ? { markup } : {}),
    ...(params.protect_content ? { isProtected: true } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
  })
  return messageForBot(world, message)
}

export function markupPlace(place: Place): MarkupPlace {
  return place.kind === 'bot' ? 'private' : 'group'
}

/** An inline keyboard without buttons is none. */
export function isEmpty(markup: SimMarkup): boolean {
  return markup.inline_keyboard?.flat().length === 0
}

/** The types allow more (`toString`, `toJSON`) than can come over the wire. */
export function formatting(params: object): Formatting {
  const { parse_mode, entities } = params as { parse_mode?: string; entities?: SimEntity[] }
  return { ...(parse_mode ? { parse_mode } : {}), ...(entities ? { entities } : {}) }
}

export function captionFrom(params: object): FormattedText | undefined {
  const { caption, caption_entities } = params as {
    caption?: string
    caption_entities?: SimEntity[]
  }
  if (!caption) return undefined
  const { parse_mode } = formatting(params)
  return formatText(
    caption,
    {
      ...(parse_mode ? { parse_mode } : {}),
      ...(caption_entities ? { entities: caption_entities } : {}),
    },
    CAPTION,
  )
}

/** An upload (`attach://part`), a photo sent before, or an address. */
function photoFrom({ world, uploads }: CallContext, photo: unknown): StoredFile {
  if (typeof photo !== 'string') throw misused('there is no photo in the request')
  if (photo.startsWith('attach://')) {
    const upload = uploads.get(photo.slice('attach://'.length))
    if (!upload) throw misused('there is no photo in the request')
    return storePhoto(world, upload)
  }
  if (/^https?:/.test(photo)) return linkPhoto(world, photo)
  const known = world.files.get(photo)
  if (!known) throw misused('wrong file identifier/HTTP URL specified')
  return known
}

/** An upload, or a document sent before. */
function documentFrom({ world, uploads }: CallContext, document: unknown): StoredDocument {
  if (typeof document !== 'string') throw misused('there is no document in the request')
  if (document.startsWith('attach://')) {
    const upload = uploads.get(document.slice('attach://'.length))
    if (!upload) throw misused('there is no document in the request')
    return storeDocument(world, upload)
  }
  if (/^https?:/.test(document)) throw notPlayed('a document by its address')
  const known = world.documents.get(document)
  if (!known) throw misused('wrong file identifier/HTTP URL specified')
  return known
}

function repliedTo(
  world: World,
  place: Place,
  reply: TelegramReplyParameters | undefined,
): number | undefined {
  const id = reply?.message_id
  if (id === undefined) return undefined
  if (messageAt(world, place, id)) return id
  if (reply?.allow_sending_without_reply) return undefined
  throw refused('message to be replied not found')
}
