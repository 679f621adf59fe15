import { useEffect } from 'preact/hooks'
import { pressStart } from '../deeds/say.ts'
import { Avatar } from '../parts/avatar.tsx'
import { type Desk, groupOf, personOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'

/** The open chat of a phone: its messages and where one types. */
export function ChatView({ phone, person, chat }: { phone: Phone; person: number; chat: number }) {
  const desk = useDesk()
  const thread = desk.threads.open(person, chat).value
  const isInView = desk.inView.value.has(phone.role)
  useEffect(() => {
    if (isInView) desk.threads.markRead(person, chat)
  }, [thread, isInView, person, chat])

  const holder = personOf(desk, person)
  const isBot = chat === person
  const mayWrite = !isBot || (holder?.started === true && !holder.blocked)
  const isMember = chat > 0 || groupOf(desk, chat)?.members.includes(person) === true
  return (
    <div class="chat wallpaper">
      {thread.messages?.length === 0 && <EmptyChat desk={desk} chat={chat} isBot={isBot} />}
      {thread.messages && thread.messages.length > 0 && (
        <MessageList key={`${person}/${chat}`} phone={phone} messages={thread.messages} />
      )}
      {!thread.messages && <div class="chat-loading" role="status" aria-label="Loading" />}
      {mayWrite && isMember && <Composer key={`${person}/${chat}/write`} phone={phone} />}
      {!mayWrite && (
        <button type="button" class="chat-start" onClick={() => void pressStart(desk, phone)}>
          {holder?.blocked ? 'Restart' : 'Start'}
        </button>
      )}
      {!isMember && <p class="chat-closed">Not a member of this group.</p>}
    </div>
  )
}

function EmptyChat({ desk, chat, isBot }: { desk: Desk; chat: number; isBot: boolean }) {
  const bot = desk.world.value?.bot
  if (isBot && bot) {
    return (
      <div class="chat-empty">
        <div class="chat-card">
          <Avatar id={bot.id} name={bot.first_name} size="m" />
          <b>What can this bot do?</b>
          <p>{bot.description || bot.short_description || 'Find out with /start.'}</p>
        </div>
      </div>
    )
  }
  return (
    <div class="chat-empty">
      <p class="chat-note-line">
        {chat < 0 ? 'Quiet so far. Somebody will share something here.' : 'No messages here yet.'}
      </p>
    </div>
  )
}
