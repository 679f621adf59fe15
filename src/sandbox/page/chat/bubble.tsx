import type { SimMessage } from '../../sim.ts'
import { copyText } from '../deeds/copy-text.ts'
import { followLink, webAddress } from '../deeds/follow-link.ts'
import { onThisMachine } from '../deeds/on-this-machine.ts'
import { say } from '../deeds/say.ts'
import { Avatar, tintOf } from '../parts/avatar.tsx'
import { Icon } from '../parts/icon.tsx'
import { type Desk, fullName, personOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'
import { FormattedText, type TapHandlers } from './formatted-text.tsx'
import { Keyboard } from './keyboard.tsx'
import { previewOf } from './preview.ts'
import { clockOf } from './times.ts'

interface BubbleProps {
  phone: Phone
  message: SimMessage
  /** The first and the last of a row of messages from one sender. */
  isFirst: boolean
  isLast: boolean
  /** The message that this one answers. */
  repliedTo: SimMessage | undefined
}

/** One message, as in Telegram: one's own on the right, others' on the left. */
export function Bubble({ phone, message, isFirst, isLast, repliedTo }: BubbleProps) {
  const desk = useDesk()
  const { from } = message
  const isOwn = from.id === phone.person.value
  const isGroup = message.chat < 0
  const side = isOwn ? 'own' : 'other'
  return (
    <li class={`line line-${side} ${isLast ? 'line-last' : ''}`}>
      {isGroup && !isOwn && (
        <span class="line-avatar">
          {isLast && <Avatar id={from.id} name={nameOf(desk, from)} size="s" />}
        </span>
      )}
      <div class="letter">
        <div class={`bubble bubble-${side} ${message.photo ? 'bubble-photo' : ''}`}>
          {isGroup && !isOwn && isFirst && (
            <div class={`bubble-name ink-${tintOf(from.id)}`}>{nameOf(desk, from)}</div>
          )}
          {message.via_bot && (
            <div class="bubble-via">
              via <span class="text-mark">@{message.via_bot.username}</span>
            </div>
          )}
          {repliedTo && <Quote message={repliedTo} />}
          {message.photo && <Photo address={message.photo} />}
          {message.document && <File document={message.document} />}
          <Words phone={phone} message={message} isOwn={isOwn} />
        </div>
        <Keyboard phone={phone} message={message} />
      </div>
    </li>
  )
}

function Words({ phone, message, isOwn }: { phone: Phone; message: SimMessage; isOwn: boolean }) {
  const desk = useDesk()
  const text = shownText(message)
  const entities = message.entities ?? message.caption_entities
  return (
    <div class={text ? 'bubble-text' : 'bubble-text bubble-textless'} dir="auto">
      {text && <FormattedText text={text} entities={entities} on={handlersFor(desk, phone)} />}
      <span class="bubble-meta">
        {message.protect_content && (
          <span title="May not be forwarded">
            <Icon name="lock" />
          </span>
        )}
        {message.edit_date !== undefined && <span>edited</span>}
        <time dateTime={new Date(message.date * 1000).toISOString()}>{clockOf(message.date)}</time>
        {isOwn && <Icon name="checks" />}
      </span>
    </div>
  )
}

function Photo({ address: given }: { address: string }) {
  const address = onThisMachine(useDesk(), given)
  const isShowable = /^(?:https?:|\/sim\/files\/)/.test(address)
  return isShowable ? <img class="bubble-image" src={address} alt="Sent along" /> : null
}

function File({ document }: { document: NonNullable<SimMessage['document']> }) {
  const { name, size, address } = document
  return (
    <a class="bubble-file" href={address} download={name}>
      <span class="bubble-file-icon">
        <Icon name="file" />
      </span>
      <span class="bubble-file-name">
        <b>{name}</b>
        <span>{sizeOf(size)}</span>
      </span>
    </a>
  )
}

/** As Telegram writes it: `812 B`, `1.4 KB`, `3.0 MB`. */
function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilobytes = bytes / 1024
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`
}

function Quote({ message }: { message: SimMessage }) {
  return (
    <div class={`bubble-quote ink-${tintOf(message.from.id)}`}>
      <b>{message.from.first_name}</b>
      <span>{previewOf(message)}</span>
    </div>
  )
}

function handlersFor(desk: Desk, phone: Phone): TapHandlers {
  return {
    onLink: (address) => void followLink(desk, phone, address),
    onCommand: (command) => void say(desk, phone, command),
    onCode: (code) => void copyText(phone, code),
    webAddress: (address) => webAddress(desk, address),
  }
}

function nameOf(desk: Desk, from: SimMessage['from']): string {
  const person = personOf(desk, from.id)
  return person ? fullName(person) : from.first_name
}

/** Clients keep what follows `?start=` to themselves. */
function shownText(message: SimMessage): string | undefined {
  return message.text?.replace(/^(\/start) [\w-]+$/, '$1') ?? message.caption
}
