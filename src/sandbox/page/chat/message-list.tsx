import { useEffect, useRef, useState } from 'preact/hooks'
import type { SimMessage } from '../../sim.ts'
import { Icon } from '../parts/icon.tsx'
import type { Phone } from '../state/phones.ts'
import { Bubble } from './bubble.tsx'
import { rowsOf } from './rows.ts'
import { dayName } from './times.ts'

/** How far from its end a list still counts as read to the end. */
const NEAR_PX = 80

/** The messages of a chat. It follows new ones, unless somebody reads further up. */
export function MessageList({ phone, messages }: { phone: Phone; messages: SimMessage[] }) {
  const list = useRef<HTMLDivElement>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const last = messages.at(-1)
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight })

  useEffect(() => {
    if (isAtEnd || last?.from.id === phone.person.peek()) toEnd()
  }, [messages])
  useEffect(() => {
    // The list also shrinks and grows with the composer and with pictures that arrive.
    const observer = new ResizeObserver(() => {
      if (isAtEnd) toEnd()
    })
    for (const box of [list.current, list.current?.firstElementChild]) {
      if (box) observer.observe(box)
    }
    return () => observer.disconnect()
  }, [isAtEnd])

  const onScroll = () => {
    const box = list.current
    if (box) setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX)
  }
  return (
    <div class="messages-frame">
      <div class="messages" ref={list} onScroll={onScroll} role="log" aria-label="Messages">
        <ol class="messages-list">
          {rowsOf(messages).map((row) => {
            if (row.kind === 'day') {
              return (
                <li key={row.key} class="chat-note">
                  <span>{dayName(row.date, new Date())}</span>
                </li>
              )
            }
            const { message } = row
            if (message.service) {
              return (
                <li key={row.key} class="chat-note">
                  <span>{message.service}</span>
                </li>
              )
            }
            const repliedTo = messages.find((one) => one.message_id === message.reply_to_message_id)
            return <Bubble {...row} key={row.key} phone={phone} repliedTo={repliedTo} />
          })}
        </ol>
      </div>
      {!isAtEnd && (
        <button type="button" class="to-end" aria-label="Go to the newest message" onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  )
}
