import { expect, test } from 'vitest'

import { CAST, KNOWN_MEMBERS, personIdOf } from '../../src/sandbox/demo/cast.ts'
import { receiptsOf } from '../../src/sandbox/demo/receipts.ts'
import { seedShop } from '../../src/sandbox/demo/seed-shop.ts'
import { audit } from '../../src/store/audit.ts'
import { voucherWorth } from '../../src/telegram/draw/parts.ts'
import { textsIn } from '../../src/telegram/texts.ts'
import { campaignsOf } from '../../src/usecases/list-campaigns.ts'
import { listMerchants } from '../../src/usecases/list-merchants.ts'
import { showDashboard } from '../../src/usecases/show-dashboard.ts'
import { rolesOf } from '../../src/usecases/staff-roles.ts'
import { testApp } from '../helpers/app.ts'

test('the free item of the demonstration’s shop is named as its worth is told', async () => {
  await using app = await testApp()
  await seedShop(app)
  const [merchant] = await listMerchants(app)

  const campaigns = await campaignsOf(app, merchant?.id ?? '')

  const worth = campaigns
    .flatMap(({ templates, currency }) => templates.map((one) => ({ ...one, currency })))
    .filter(({ kind }) => kind === 'free_item')
    .map((template) => voucherWorth(textsIn('en'), template))
  expect(worth).toEqual(['Billboard mug for free'])
})

test('the demonstration’s shop has weeks behind it, of people who are not there any more', async () => {
  await using app = await testApp({ now: () => new Date() })
  await seedShop(app, { weeks: 2 })
  const [merchant] = await listMerchants(app)
  const merchantId = merchant?.id ?? ''

  const { totals, days } = await showDashboard(app, { merchantId })

  expect(totals.claimed).toBeGreaterThan(30)
  expect(totals.redeemed).toBeGreaterThan(5)
  expect(days.filter(({ opened }) => opened > 0).length).toBeGreaterThan(9)
  expect(days.at(-1)).toMatchObject({ opened: 0, claimed: 0 })
  const [left] = await app.db.run(
    ({ sql }) => sql<{ toTell: number; reachable: number; states: number }[]>`
      select (select count(*)::integer from outbox where sent_at is null and gave_up_at is null) as to_tell,
             (select count(*)::integer from people where reachable) as reachable,
             (select count(*)::integer from model_states) as states`,
  )
  expect(left).toMatchObject({ toTell: 0, reachable: 0 })
  expect(left?.states).toBeGreaterThan(0)
  expect(await audit(app.db)).toEqual([])
}, 60_000)

test.each([0, 1])(
  'after %d weeks everybody of the cast is in their place',
  async (weeks) => {
    await using app = await testApp({ now: () => new Date() })
    await seedShop(app, { weeks })

    const staff = CAST.filter(({ role }) => role === 'owner' || role === 'cashier')
    for (const player of staff) {
      expect(await rolesOf(app, personIdOf(player))).toMatchObject([{ role: player.role }])
    }
    expect((await receiptsOf(app)).length).toBe(3)
    const known = await app.db.run(
      ({ sql }) => sql<{ personId: string }[]>`
      select person_id from customers where person_id = any (${CAST.map(personIdOf)}::text[])
      order by person_id`,
    )
    expect(known).toEqual(KNOWN_MEMBERS.map((member) => ({ personId: personIdOf(member) })))
  },
  60_000,
)
