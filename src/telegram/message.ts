import type { TelegramInlineKeyboardButton } from '@gramio/types'

import type { Call } from './outbox-worker.ts'
import type { Upload } from './upload.ts'

export type Button = TelegramInlineKeyboardButton

/** A message as it is drawn: parse mode HTML, and buttons in rows. */
export type Message = {
  text: string
  buttons?: Button[][]
  /** Cannot be forwarded or saved. */
  isProtected?: boolean
  /** The message_id that it answers. */
  replyTo?: number
  /** Goes along, and the text stands below it: then it may have 1024 characters. */
  file?: Upload & { as: 'photo' | 'document' }
}

/** Telegram takes 4096 characters after markup is read; before, a text is never shorter. */
const MOST_CHARACTERS = 4096

export function sendCall(chatId: number, message: Message): Call {
  const { isProtected, replyTo, file } = message
  return {
    method: file ? { photo: 'sendPhoto', document: 'sendDocument' }[file.as] : 'sendMessage',
    params: {
      chat_id: chatId,
      ...(file ? fileContentOf(file, message) : contentOf(message)),
      ...(isProtected && { protect_content: true }),
      ...(replyTo !== undefined && {
        reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
      }),
    },
  }
}

export function editCall(
  target: { chat_id: number; message_id: number } | { inline_message_id: string },
  message: Message,
): Call {
  return { method: 'editMessageText', params: { ...target, ...contentOf(message) } }
}

/** As many of the lines as fit beside what stands around them, and how many had to go. */
export function fittingLines(
  lines: readonly string[],
  around: string,
  most = lines.length,
): { lines: string[]; left: number } {
  // Room is kept for the line that tells how many are left out.
  let room = MOST_CHARACTERS - around.length - 100
  const fitting: string[] = []
  for (const line of lines.slice(0, most)) {
    room -= line.length + 1
    if (room < 0) break
    fitting.push(line)
  }
  return { lines: fitting, left: lines.length - fitting.length }
}

/** What is the same in a new message, an edit and an inline result. */
export function contentOf({ text, buttons }: Message) {
  return {
    text,
    parse_mode: 'HTML' as const,
    link_preview_options: { is_disabled: true },
    ...(buttons && buttons.length > 0 && { reply_markup: { inline_keyboard: buttons } }),
  }
}

function fileContentOf({ as, ...upload }: Upload & { as: string }, message: Message) {
  const { text, link_preview_options: _, ...content } = contentOf(message)
  return { ...content, [as]: upload, caption: text }
}
