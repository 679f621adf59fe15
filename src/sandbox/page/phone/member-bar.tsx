import { useRef, useState } from 'preact/hooks'
import type { SimGroup } from '../../sim.ts'
import { joinIn } from '../deeds/join-in.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Icon } from '../parts/icon.tsx'
import { moveFocus } from '../parts/move-focus.ts'
import { useDismiss } from '../parts/use-dismiss.ts'
import { fullName, groupOf, membersOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import { handTo, type Phone } from '../state/phones.ts'

/** The members of the group: one tap makes the phone theirs. */
export function MemberBar({ phone, groupId }: { phone: Phone; groupId: number }) {
  const desk = useDesk()
  const group = groupOf(desk, groupId)
  if (!group) return null
  return (
    <div class="member-bar">
      <fieldset class="members" aria-label="Who you are in the group" onKeyDown={moveFocus}>
        {membersOf(desk, group).map((member) => (
          <button
            type="button"
            key={member.id}
            class="member"
            aria-pressed={member.id === phone.person.value}
            aria-label={fullName(member)}
            title={fullName(member)}
            onClick={() => handTo(phone, member.id, groupId)}
          >
            <Avatar id={member.id} name={fullName(member)} size="s" />
          </button>
        ))}
      </fieldset>
      <Newcomer phone={phone} group={group} />
    </div>
  )
}

/** Lets somebody new into the group: a stranger to the shop. */
function Newcomer({ phone, group }: { phone: Phone; group: SimGroup }) {
  const desk = useDesk()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const box = useRef<HTMLDivElement>(null)
  useDismiss(box, isOpen, () => setOpen(false))
  return (
    <div class="newcomer" ref={box}>
      <button
        type="button"
        class="member member-new"
        aria-expanded={isOpen}
        aria-label="Let somebody new into the group"
        title="Let somebody new into the group"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="plus" />
      </button>
      {isOpen && (
        <form
          class="newcomer-form"
          onSubmit={(event) => {
            event.preventDefault()
            setOpen(false)
            setName('')
            void joinIn(desk, phone, group.id, name.trim())
          }}
        >
          <label>
            Somebody the shop has never seen
            <input
              value={name}
              placeholder="First name"
              maxLength={40}
              autocomplete="off"
              ref={(field) => field?.focus()}
              onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </label>
          <button type="submit" disabled={name.trim() === ''}>
            Join
          </button>
        </form>
      )}
    </div>
  )
}
