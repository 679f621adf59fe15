import type { SimMessage } from '../../sim.ts'

/** A line of a chat: a day, or a message with its place among its neighbours. */
export type Row =
  | { kind: 'day'; key: string; date: Date }
  | { kind: 'message'; key: string; message: SimMessage; isFirst: boolean; isLast: boolean }

const TOGETHER_SECONDS = 600

/** Sets days between the messages, and puts those together that one sender sent in a row. */
export function rowsOf(messages: readonly SimMessage[]): Row[] {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1]
    const after = messages[index + 1]
    const isFirst = !before || !areTogether(before, message)
    const isLast = !after || !areTogether(message, after)
    const key = `${message.message_id}`
    const row: Row = { kind: 'message', key, message, isFirst, isLast }
    if (before && dayOf(before) === dayOf(message)) return [row]
    return [{ kind: 'day', key: `day-${key}`, date: new Date(message.date * 1000) }, row]
  })
}

function areTogether(one: SimMessage, next: SimMessage): boolean {
  return (
    one.from.id === next.from.id &&
    one.service === undefined &&
    next.service === undefined &&
    next.date - one.date < TOGETHER_SECONDS &&
    dayOf(one) === dayOf(next)
  )
}

function dayOf(message: SimMessage): string {
  return new Date(message.date * 1000).toDateString()
}
