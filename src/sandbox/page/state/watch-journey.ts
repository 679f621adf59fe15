import { effect } from '@preact/signals'
import type { SimMessage } from '../../sim.ts'
import { type Desk, did } from './desk.ts'

/** Notices in the chats what has been done already, so that a reload does not start over. */
export function watchJourney(desk: Desk): void {
  effect(() => {
    const shopper = desk.phones.shopper.person.value
    const group = desk.world.value?.groups[0]
    if (shopper === undefined || !group) return
    const inPrivate = desk.threads.open(shopper, shopper).value.messages ?? []
    if (inPrivate.some(offersSharing)) did(desk, 'opened')
    const member = group.members.find((id) => desk.world.value?.people.some((one) => one.id === id))
    if (member === undefined) return
    const inGroup = desk.threads.open(member, group.id).value.messages ?? []
    if (inGroup.some((message) => message.via_bot)) did(desk, 'shared')
  })
}

function offersSharing(message: SimMessage): boolean {
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat()
  return buttons.some((button) => button.switch_inline_query_chosen_chat !== undefined)
}
