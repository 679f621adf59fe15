import { Badge } from '../parts/badge.tsx'
import { moveFocus } from '../parts/move-focus.ts'
import type { Desk } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import { type Place, STEPS } from '../state/journey.ts'
import { showColumn } from './show-column.ts'

const TABS: { place: Place; title: string }[] = [
  { place: 'receipt', title: 'Receipt' },
  { place: 'shopper', title: 'Shopper' },
  { place: 'group', title: 'Group' },
  { place: 'merchant', title: 'Merchant' },
]

/** Jumps between the columns where not all of them fit. */
export function Tabs() {
  const desk = useDesk()
  const next = STEPS[desk.step.value]?.place
  return (
    <nav class="tabs" aria-label="Columns" onKeyDown={moveFocus}>
      {TABS.map(({ place, title }) => {
        const unread = unreadIn(desk, place)
        return (
          <button
            type="button"
            key={place}
            class={`tab ${place === next ? 'is-next' : ''}`}
            aria-current={desk.inView.value.has(place)}
            onClick={() => showColumn(place)}
          >
            {title}
            <Badge count={unread} />
          </button>
        )
      })}
    </nav>
  )
}

function unreadIn(desk: Desk, place: Place): number {
  if (place === 'receipt') return 0
  const phone = desk.phones[place]
  const person = phone.person.value
  const chat = phone.chat.value
  if (person === undefined || chat === undefined) return 0
  return desk.threads.open(person, chat).value.unread
}
