import { useSignal } from '@preact/signals'
import type { SimGroup } from '../../sim.ts'
import { everybodyTaps, tappable } from '../deeds/everybody-taps.ts'
import { Icon } from '../parts/icon.tsx'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'

/** Lets all members press the newest button of the group; not there while there is none. */
export function TapAll({ phone, group }: { phone: Phone; group: SimGroup }) {
  const desk = useDesk()
  const isRunning = useSignal(false)
  const person = phone.person.value
  const messages = person === undefined ? [] : desk.threads.open(person, group.id).value.messages
  const target = tappable(messages ?? [])
  const run = async () => {
    if (!target || isRunning.peek()) return
    isRunning.value = true
    await everybodyTaps(desk, phone, group, target)
    isRunning.value = false
  }
  if (!target) return null
  return (
    <button
      type="button"
      class="tap-all"
      disabled={isRunning.value}
      title={`All members press “${target.button.text}”`}
      onClick={() => void run()}
    >
      <Icon name="taps" />
      Everybody taps
    </button>
  )
}
