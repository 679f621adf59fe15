import { Avatar } from '../parts/avatar.tsx'
import { Badge } from '../parts/badge.tsx'
import { Icon } from '../parts/icon.tsx'
import { useDesk } from '../state/desk-context.ts'
import { openChat, type Phone } from '../state/phones.ts'
import { chatsOf, faceOf } from './chats-of.ts'

interface PhoneHeaderProps {
  phone: Phone
  person: number
  chat: number | undefined
}

/** The bar on top of a phone: back to the chats, and whose chat this is. */
export function PhoneHeader({ phone, person, chat }: PhoneHeaderProps) {
  const desk = useDesk()
  if (chat === undefined) {
    return (
      <header class="phone-header">
        <h3 class="phone-title phone-title-list">Chats</h3>
      </header>
    )
  }
  const face = faceOf(desk, person, chat)
  const elsewhere = chatsOf(desk, person)
    .filter((one) => one.chat !== chat)
    .reduce((sum, one) => sum + one.unread, 0)
  return (
    <header class="phone-header">
      <button
        type="button"
        class="phone-back"
        title="All chats"
        onClick={() => openChat(phone, undefined)}
      >
        <Icon name="back" />
        <span class="heard-only">All chats</span>
        <Badge count={elsewhere} />
      </button>
      <Avatar id={face.id} name={face.name} size="s" />
      <div class="phone-title-box">
        <h3 class="phone-title">{face.name}</h3>
        <p class="phone-subtitle">{face.about}</p>
      </div>
    </header>
  )
}
