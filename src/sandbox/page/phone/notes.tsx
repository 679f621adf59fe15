import { Avatar } from '../parts/avatar.tsx'
import { fullName, personOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'

/** Lines that show themselves for a moment: the holder's at the bottom, other members' on top. */
export function Notes({ phone }: { phone: Phone }) {
  const desk = useDesk()
  const notes = phone.notes.value
  const own = notes.filter((note) => note.person === undefined)
  return (
    <>
      <div class="notes notes-others" role="status">
        {notes.map((note) => {
          const person = personOf(desk, note.person)
          if (!person) return null
          return (
            <p class="note" key={note.id}>
              <Avatar id={person.id} name={fullName(person)} size="xs" />
              <span>
                <b>{person.first_name}</b> {note.text.split('\n')[0]}
              </span>
            </p>
          )
        })}
      </div>
      <div class="notes notes-own" role="status">
        {own.map((note) => (
          <p class="note" key={note.id}>
            {note.text}
          </p>
        ))}
      </div>
    </>
  )
}
