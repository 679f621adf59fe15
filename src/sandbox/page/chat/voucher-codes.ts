import type { SimMessage } from '../../sim.ts'

/** What looks like the code of a voucher: capitals and digits, perhaps in groups. */
const CODE = /^[A-Z0-9]{3,}(?:-[A-Z0-9]+)*$/

/** The codes that an answer to a pressed button names. */
export function codesNamed(text: string): string[] {
  const words = text.match(/[A-Z0-9]{3,}(?:-[A-Z0-9]+)+/g) ?? []
  return words.filter((word) => /\d/.test(word))
}

/** The codes that a message offers to copy, in a button or set as code. */
export function codesIn(message: SimMessage): string[] {
  const copied = (message.reply_markup?.inline_keyboard ?? [])
    .flat()
    .map((button) => button.copy_text?.text ?? '')
  const text = message.text ?? message.caption ?? ''
  const set = (message.entities ?? message.caption_entities ?? [])
    .filter((entity) => entity.type === 'code')
    .map((entity) => text.slice(entity.offset, entity.offset + entity.length))
  return [...new Set([...copied, ...set])].filter((code) => CODE.test(code) && /\d/.test(code))
}
