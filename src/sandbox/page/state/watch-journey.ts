import { effect } from '@preact/signals'
import type { SimButton, SimMessage } from '../../sim.ts'
import { knownCodes } from '../chat/known-codes.ts'
import { type Desk, did } from './desk.ts'

/** Notices in the chats what has been done already, so that a reload does not start over. */
export function watchJourney(desk: Desk): void {
  effect(() => {
    const { shopper, group, merchant } = desk.phones
    const groupId = desk.world.value?.groups[0]?.id
    if (messagesOf(desk, shopper.person.value).some(offersSharing)) did(desk, 'opened')
    if (messagesOf(desk, group.person.value, groupId).some((one) => one.via_bot))
      did(desk, 'shared')
    if (desk.connection.value === 'live' && knownCodes(desk).length > 0) did(desk, 'tapped')
    if (messagesOf(desk, merchant.person.value).some(offersUndo)) did(desk, 'redeemed')
  })
}

/** What a person sees in a chat; left out, the one with the bot. */
function messagesOf(desk: Desk, person: number | undefined, chat = person): SimMessage[] {
  if (person === undefined || chat === undefined) return []
  return desk.threads.open(person, chat).value.messages ?? []
}

function offersSharing(message: SimMessage): boolean {
  return buttonsOf(message).some((button) => button.switch_inline_query_chosen_chat !== undefined)
}

/** The bot offers to undo a redemption, which it does only after one. */
function offersUndo(message: SimMessage): boolean {
  return buttonsOf(message).some((button) => button.callback_data?.startsWith('u:'))
}

function buttonsOf(message: SimMessage): SimButton[] {
  return (message.reply_markup?.inline_keyboard ?? []).flat()
}
