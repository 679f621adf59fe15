import { ChatView } from '../chat/chat-view.tsx'
import { MiniAppSheet } from '../mini-app/mini-app-sheet.tsx'
import { groupOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'
import { ChatList } from './chat-list.tsx'
import { ChooseChat } from './choose-chat.tsx'
import { DialogBox } from './dialog-box.tsx'
import { Notes } from './notes.tsx'
import { PhoneHeader } from './phone-header.tsx'
import { ScanBox } from './scan-box.tsx'
import { TapAll } from './tap-all.tsx'

/** A phone with Telegram open on it, and whatever lies over that. */
export function PhoneFrame({ phone, label }: { phone: Phone; label: string }) {
  const person = phone.person.value
  const chat = phone.chat.value
  const group = groupOf(useDesk(), chat)
  const app = phone.miniApp.value
  const chooser = phone.chooser.value
  const dialog = phone.dialog.value
  const scanner = phone.scanner.value
  if (person === undefined) {
    return (
      <div class="phone phone-off">
        <p>Nobody holds this phone yet.</p>
      </div>
    )
  }
  return (
    <section class="phone" aria-label={label}>
      <div class="phone-screen" inert={app !== undefined || chooser !== undefined}>
        <PhoneHeader phone={phone} person={person} chat={chat} />
        {group && phone.role === 'group' && <TapAll phone={phone} group={group} />}
        {chat === undefined ? (
          <ChatList phone={phone} person={person} />
        ) : (
          <ChatView phone={phone} person={person} chat={chat} />
        )}
      </div>
      {app && <MiniAppSheet key={app.address} phone={phone} app={app} />}
      {chooser && <ChooseChat phone={phone} chooser={chooser} />}
      {scanner && <ScanBox phone={phone} scanner={scanner} />}
      {dialog && <DialogBox dialog={dialog} />}
      <Notes phone={phone} />
    </section>
  )
}
