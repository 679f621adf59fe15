import { useRef, useState } from 'preact/hooks'
import { Avatar } from '../parts/avatar.tsx'
import { Icon } from '../parts/icon.tsx'
import { moveFocus } from '../parts/move-focus.ts'
import { useDismiss } from '../parts/use-dismiss.ts'
import { fullName, personOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import { handTo, type Phone } from '../state/phones.ts'

/** Who holds the phone, and a list of everybody else to hand it to. */
export function PersonSwitcher({ phone }: { phone: Phone }) {
  const desk = useDesk()
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useDismiss(box, isOpen, () => setOpen(false))
  const holder = personOf(desk, phone.person.value)
  const people = desk.world.value?.people ?? []
  const roleOf = (id: number) => desk.info.value.people.find((one) => one.id === id)?.role ?? ''

  if (!holder) return null
  return (
    <div class="switcher" ref={box}>
      <button
        type="button"
        class="switcher-button"
        aria-haspopup="true"
        aria-expanded={isOpen}
        aria-label={`This phone is ${fullName(holder)}’s. Hand it to somebody else`}
        onClick={() => setOpen(!isOpen)}
      >
        <Avatar id={holder.id} name={fullName(holder)} size="xs" />
        <span class="switcher-name">{fullName(holder)}</span>
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <ul class="switcher-list" onKeyDown={moveFocus}>
          {people.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                class="switcher-item"
                aria-current={person.id === holder.id}
                onClick={() => {
                  setOpen(false)
                  handTo(phone, person.id, person.id)
                }}
              >
                <Avatar id={person.id} name={fullName(person)} size="xs" />
                <span>{fullName(person)}</span>
                <small>{roleOf(person.id)}</small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
