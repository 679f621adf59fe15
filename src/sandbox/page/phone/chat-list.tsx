import { previewOf } from '../chat/preview.ts'
import { clockOf } from '../chat/times.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Badge } from '../parts/badge.tsx'
import { moveFocus } from '../parts/move-focus.ts'
import { useDesk } from '../state/desk-context.ts'
import { openChat, type Phone } from '../state/phones.ts'
import { chatsOf, faceOf, type ListedChat } from './chats-of.ts'

/** All chats of the phone's holder, the newest first. */
export function ChatList({ phone, person }: { phone: Phone; person: number }) {
  const desk = useDesk()
  return (
    <ul class="chat-list" onKeyDown={moveFocus}>
      {chatsOf(desk, person).map((one) => (
        <li key={one.chat}>
          <button type="button" class="chat-item" onClick={() => openChat(phone, one.chat)}>
            <ChatItem person={person} listed={one} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function ChatItem({ person, listed }: { person: number; listed: ListedChat }) {
  const { chat, last, unread } = listed
  const face = faceOf(useDesk(), person, chat)
  const writer = last && chat < 0 && !last.service ? `${last.from.first_name}: ` : ''
  return (
    <>
      <Avatar id={face.id} name={face.name} size="m" />
      <span class="chat-item-top">
        <b>{face.name}</b>
        {last && <time>{clockOf(last.date)}</time>}
      </span>
      <span class="chat-item-bottom">
        <span>{last ? writer + previewOf(last) : 'No messages yet'}</span>
        <Badge count={unread} />
      </span>
    </>
  )
}
