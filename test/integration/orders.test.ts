import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { audit } from '../../src/store/audit.ts'
import { createTogether } from '../../src/together.ts'
import { cancelOrder } from '../../src/usecases/cancel-order.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { ingestOrders } from '../../src/usecases/ingest-orders.ts'
import { queryOrder } from '../../src/usecases/query-order.ts'
import { testApp } from '../helpers/app.ts'
import {
  addCampaign,
  addKnown,
  addOrder,
  addShare,
  addShop,
  CANDLES,
  people,
} from '../helpers/shop.ts'

test('an order and its cancellation that come at the same moment find each other, over many rounds', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop

  for (let round = 0; round < 120; round++) {
    const sourceId = `race-${round}`
    await Promise.all([
      addOrder(app, shop, sourceId),
      // from a little before the order's statement to a little after
      delay((round % 12) * 0.4).then(() =>
        cancelOrder(app, { merchantId, orderSourceId: sourceId }),
      ),
    ])
    const again = await cancelOrder(app, { merchantId, orderSourceId: sourceId })
    expect({ round, ...again }).toEqual({ round, outcome: 'cancelled', repeated: true })
  }
})

test('patent 4: a cancellation of articles finds the latest earlier order that holds them', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const order = (sourceId: string, day: number, quantity: number) => ({
    kind: 'order' as const,
    sourceId,
    placedAt: new Date(`2026-11-0${day}T10:00:00Z`),
    currency: 'GBP',
    totalMinor: quantity * 255,
    customerRef: '17897',
    lines: [{ ...CANDLES, quantity, amountMinor: quantity * 255 }],
  })
  const cancellation = (sourceId: string, day: number, quantity: number) => ({
    kind: 'cancellation' as const,
    sourceId,
    cancelledAt: new Date(`2026-11-0${day}T12:00:00Z`),
    amountMinor: quantity * 255,
    customerRef: '17897',
    lines: [{ ...CANDLES, quantity, amountMinor: quantity * 255 }],
  })
  const take = async (...items: Parameters<typeof ingestOrders>[1]['items']) => {
    const taken = await ingestOrders(app, {
      merchantId: shop.merchantId,
      storeSourceId: '7',
      items,
    })
    return taken.flatMap((item) =>
      item.kind === 'cancellation' ? [[item.sourceId, item.orderSourceId]] : [],
    )
  }

  await take(order('A', 1, 8), order('B', 3, 4), order('C', 7, 90))

  expect(await take(cancellation('X1', 5, 6))).toEqual([['X1', 'A']])
  expect(await take(cancellation('X2', 5, 4))).toEqual([['X2', 'B']])
  // two of A are left, and C came later
  expect(await take(cancellation('X3', 5, 3))).toEqual([['X3', undefined]])
  expect(await take(cancellation('X4', 5, 2))).toEqual([['X4', 'A']])
})

test('cancelling orders while their shares are claimed never makes the two wait for each other', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const { merchantId } = shop
  await addCampaign(app, shop, {
    mode: 'random',
    slotsPerShare: 6,
    potMinor: 1200,
    drawMinMinor: 100,
    drawMaxMinor: 400,
    templates: [{ kind: 'gift_balance', valueMinor: 400 }],
    claimScope: 'share',
  })
  const known = people(8)
  for (const person of known) await addKnown(app, shop, person)
  const till = { ...app, together: createTogether() }

  for (let round = 0; round < 12; round++) {
    const sources = Array.from({ length: 6 }, (_, i) => `deadlock-${round}-${i}`)
    const shares = []
    for (const source of sources) shares.push(await addShare(app, shop, known[0], source))
    const claims = shares.flatMap(({ token }, i) =>
      known.map((personId) =>
        claimShare(i % 2 ? app : till, { personId, by: { kind: 'token', token } }),
      ),
    )
    const cancelled = ingestOrders(app, {
      merchantId,
      storeSourceId: '7',
      items: sources.map((orderSourceId) => ({
        kind: 'cancellation',
        sourceId: `cancel-${orderSourceId}`,
        cancelledAt: new Date(),
        orderSourceId,
        amountMinor: 1530,
        lines: [],
      })),
    })
    await expect(Promise.all([...claims, cancelled])).resolves.toBeDefined()
  }
  const [deadlocks] = await app.db.run(
    ({ sql }) => sql`select deadlocks from pg_stat_database where datname = current_database()`,
  )
  expect(deadlocks).toEqual({ deadlocks: 0 })
  expect(await audit(app.db)).toEqual([])
})

test('binding an order and claiming at the same moment do not wait for each other either', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  await addCampaign(app, shop, { claimScope: 'share', fallback: { quantity: 1000 } })

  for (let round = 0; round < 12; round++) {
    const share = await addShare(app, shop, 'telegram:1')
    const newcomers = people(12, 5000 + round * 100)
    const orders = await Promise.all(
      newcomers.map((person) => addOrder(app, shop, `bind-${round}-${person}`)),
    )
    await Promise.all(
      newcomers.flatMap((personId, i) => [
        claimShare(app, { personId, by: { kind: 'token', token: share.token } }),
        queryOrder(app, { personId, by: { kind: 'token', token: orders[i]!.queryToken } }),
      ]),
    )
  }
  expect(await audit(app.db)).toEqual([])
})
