import { useSignal } from '@preact/signals'
import type { SimGroup } from '../../sim.ts'
import { everybodyTaps } from '../deeds/everybody-taps.ts'
import { tappable } from '../deeds/tappable.ts'
import { Icon } from '../parts/icon.tsx'
import { membersOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'

/** Lets all members press the newest button of the group; not there while there is none. */
export function TapAll({ phone, group }: { phone: Phone; group: SimGroup }) {
  const desk = useDesk()
  const isRunning = useSignal(false)
  const person = phone.person.value
  const messages = person === undefined ? [] : desk.threads.open(person, group.id).value.messages
  const target = tappable(messages ?? [])
  if (!target) return null
  const run = async () => {
    if (isRunning.peek()) return
    isRunning.value = true
    await everybodyTaps(desk, phone, group, target)
    isRunning.value = false
  }
  return (
    <div class="tap-bar">
      <p>
        All {membersOf(desk, group).length} members press
        <b>{target.button.text}</b>
      </p>
      <button type="button" class="tap-all" disabled={isRunning.value} onClick={() => void run()}>
        <Icon name="taps" />
        Everybody taps
      </button>
    </div>
  )
}
