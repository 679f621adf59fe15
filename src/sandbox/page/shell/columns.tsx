import { useEffect, useRef } from 'preact/hooks'
import { MemberBar } from '../phone/member-bar.tsx'
import { PersonSwitcher } from '../phone/person-switcher.tsx'
import { PhoneFrame } from '../phone/phone-frame.tsx'
import { ReceiptRail } from '../receipt/receipt-rail.tsx'
import { useDesk } from '../state/desk-context.ts'
import { type Place, STEPS } from '../state/journey.ts'
import type { Phone } from '../state/phones.ts'
import { Tabs } from './tabs.tsx'

/** The receipt and three phones side by side; where they do not fit, one beside the other to swipe. */
export function Columns() {
  const desk = useDesk()
  const row = useRef<HTMLElement>(null)
  const { shopper, group, merchant } = desk.phones
  const groupId = desk.world.value?.groups.find((one) =>
    one.members.includes(group.person.value ?? 0),
  )?.id
  useViewWatch(row)
  return (
    <>
      <Tabs />
      <main class="columns" ref={row}>
        <Column place="receipt" title="Receipt">
          <ReceiptRail />
        </Column>
        <Column place="shopper" title="Shopper" phone={shopper}>
          <PersonSwitcher phone={shopper} />
        </Column>
        <Column place="group" title="Group" phone={group}>
          {groupId !== undefined && <MemberBar phone={group} groupId={groupId} />}
        </Column>
        <Column place="merchant" title="Merchant" phone={merchant}>
          <PersonSwitcher phone={merchant} />
        </Column>
      </main>
    </>
  )
}

interface ColumnProps {
  place: Place
  title: string
  phone?: Phone
  children: preact.ComponentChildren
}

function Column({ place, title, phone, children }: ColumnProps) {
  const isNext = STEPS[useDesk().step.value]?.place === place
  return (
    <section
      class={`column column-${place} ${isNext ? 'is-next' : ''}`}
      id={`column-${place}`}
      data-place={place}
      aria-labelledby={`title-${place}`}
    >
      <div class="column-head">
        <h2 id={`title-${place}`}>{title}</h2>
        {phone && children}
      </div>
      {phone ? <PhoneFrame phone={phone} label={`${title}’s phone`} /> : children}
    </section>
  )
}

/** Keeps account of the columns that are on the screen. */
function useViewWatch(row: { current: HTMLElement | null }): void {
  const desk = useDesk()
  useEffect(() => {
    const watch = (entries: IntersectionObserverEntry[]) => {
      const seen = new Set(desk.inView.peek())
      for (const { target, isIntersecting } of entries) {
        const place = target instanceof HTMLElement ? target.dataset['place'] : undefined
        if (isIntersecting) seen.add(place as Place)
        else seen.delete(place as Place)
      }
      desk.inView.value = seen
    }
    const observer = new IntersectionObserver(watch, { root: row.current, threshold: 0.6 })
    for (const column of row.current?.children ?? []) observer.observe(column)
    return () => observer.disconnect()
  }, [])
}
