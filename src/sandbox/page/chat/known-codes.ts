import type { Desk } from '../state/desk.ts'
import { codesIn } from './voucher-codes.ts'

export interface KnownCode {
  code: string
  holder: string
}

/** The codes of vouchers that people got from the bot, in their chats or as answers; newest first. */
export function knownCodes(desk: Desk): KnownCode[] {
  const staff = new Set(
    desk.info.value.people
      .filter((one) => one.role === 'owner' || one.role === 'cashier')
      .map((one) => one.id),
  )
  const found = (desk.world.value?.people ?? [])
    .filter((person) => !staff.has(person.id))
    .flatMap((person) => {
      const { messages = [] } = desk.threads.open(person.id, person.id).value
      const heard = desk.heardCodes.value.filter((one) => one.person === person.id)
      const written = messages.flatMap((message) =>
        codesIn(message).map((code) => ({ code, date: message.date })),
      )
      return [...heard, ...written].map((one) => ({ ...one, holder: person.first_name }))
    })
  const newest = found.toSorted((a, b) => b.date - a.date)
  return newest.filter(
    (one, index) => newest.findIndex((other) => other.code === one.code) === index,
  )
}
