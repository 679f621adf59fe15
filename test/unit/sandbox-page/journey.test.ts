import { expect, test } from 'vitest'
import { createDesk, type Desk } from '../../../src/sandbox/page/state/desk.ts'
import { watchJourney } from '../../../src/sandbox/page/state/watch-journey.ts'
import type { SimMessage } from '../../../src/sandbox/sim.ts'

const [BOT, TOM] = [700001, 1002]

test('a code that the bot refuses redeems nothing', async () => {
  const desk = deskWith([typed('/redeem hello'), said('❌ No voucher has this code.')])

  await settled(desk)

  expect(desk.deeds.value.redeemed).toBe(false)
})

test('the round is complete once the bot offers to undo a redemption', async () => {
  const undo = { text: 'Undo', callback_data: 'u:mer_1:rdm_1' }
  const answer = { ...said('✅ £5.00 redeemed'), reply_markup: { inline_keyboard: [[undo]] } }
  const desk = deskWith([typed('/redeem 7KQ2 M4XV 9RTC X'), answer])

  await settled(desk)

  expect(desk.deeds.value.redeemed).toBe(true)
})

/** A desk where the merchant's phone shows these messages. */
function deskWith(messages: SimMessage[]): Desk {
  const desk = createDesk(async () => Response.json(messages))
  watchJourney(desk)
  desk.phones.merchant.person.value = TOM
  return desk
}

async function settled(desk: Desk): Promise<void> {
  await expect.poll(() => desk.threads.open(TOM, TOM).value.messages).toHaveLength(2)
}

function typed(text: string): SimMessage {
  return { ...said(text), message_id: 1, from: { id: TOM, first_name: 'Tom', is_bot: false } }
}

function said(text: string): SimMessage {
  const from = { id: BOT, first_name: 'Passalong', is_bot: true }
  return { message_id: 2, chat: TOM, from, date: 1, text }
}
