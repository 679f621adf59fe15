import { Avatar } from '../parts/avatar.tsx'
import { Icon } from '../parts/icon.tsx'
import { moveFocus } from '../parts/move-focus.ts'
import { Sheet } from '../parts/sheet.tsx'
import type { Desk } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Chooser, Phone } from '../state/phones.ts'
import { faceOf } from './chats-of.ts'

/** Where something is to be sent: the holder's groups first, then people. */
export function ChooseChat({ phone, chooser }: { phone: Phone; chooser: Chooser }) {
  const desk = useDesk()
  const person = phone.person.value ?? 0
  const chats = choicesOf(desk, person, chooser)
  const cancel = () => chooser.settle(undefined)
  return (
    <Sheet label={chooser.title} kind="bottom" dismiss={cancel}>
      <div class="sheet-head">
        <h3>{chooser.title}</h3>
        <button type="button" class="round-button" aria-label="Cancel" onClick={cancel}>
          <Icon name="close" />
        </button>
      </div>
      {chats.length === 0 && <p class="sheet-empty">There is no chat that this may go to.</p>}
      <ul class="choices" onKeyDown={moveFocus}>
        {chats.map((chat) => {
          const face = faceOf(desk, person, chat)
          return (
            <li key={chat}>
              <button type="button" class="choice" onClick={() => chooser.settle(chat)}>
                <Avatar id={face.id} name={face.name} size="m" />
                <b>{face.name}</b>
                <span>{chat < 0 ? `group · ${face.about}` : 'private chat'}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Sheet>
  )
}

function choicesOf(desk: Desk, person: number, { users, groups }: Chooser): number[] {
  const world = desk.world.value
  const inGroups = (world?.groups ?? []).filter((group) => group.members.includes(person))
  const others = (world?.people ?? []).filter((other) => other.id !== person)
  return [...(groups ? inGroups : []), ...(users ? others : [])].map((one) => one.id)
}
