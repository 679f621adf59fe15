import type { SimMessage } from '../../sim.ts'

/** A message in one line, for the list of chats and for answers to it. */
export function previewOf(message: SimMessage): string {
  const words = message.service ?? message.text ?? message.caption
  if (words) return words.replace(/\s+/g, ' ')
  return message.photo ? 'Photo' : (message.document?.name ?? 'Message')
}
