import { beforeAll, describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { hashOfSeed } from '../../src/seed.ts'
import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { proveShare } from '../../src/usecases/prove-share.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { testApp } from '../helpers/app.ts'
import { addCampaign, addKnown, addShare, addShop, people, type Shop } from '../helpers/shop.ts'

let app: AppContext
let shop: Shop

beforeAll(async () => {
  const opened = await testApp()
  app = opened
  shop = await addShop(app)
  return () => opened[Symbol.asyncDispose]()
})

function claim(personId: string, token: string) {
  return claimShare(app, { personId, by: { kind: 'token', token } })
}

test('patent 1: opening the link puts a voucher into the account of the opener', async () => {
  await using own = await testApp()
  const place = await addShop(own)
  await addCampaign(own, place)
  const share = await addShare(own, place)
  await addKnown(own, place, 'telegram:2')

  const answer = await claimShare(own, {
    personId: 'telegram:2',
    by: { kind: 'token', token: share.token },
  })

  expect(answer).toMatchObject({
    result: 'allocated',
    voucher: { valueMinor: 500, status: 'issued' },
  })
  expect(await vouchersOf(own, 'telegram:2')).toEqual([answer.voucher])
})

test('patent 1: the sharer may open the link too, unless the campaign says otherwise', async () => {
  await using own = await testApp()
  const place = await addShop(own)
  await addCampaign(own, place, { sharerMayClaim: false })
  const share = await addShare(own, place, 'telegram:1')

  const answer = await claimShare(own, {
    personId: 'telegram:1',
    by: { kind: 'token', token: share.token },
  })

  expect(answer).toEqual({
    result: 'ineligible',
    reason: 'sharer_self',
    merchantName: 'Candle & Co',
  })
})

describe('with one campaign', () => {
  let share: Awaited<ReturnType<typeof addShare>>
  let campaignId: string

  beforeAll(async () => {
    campaignId = (await addCampaign(app, shop)).campaignId
    share = await addShare(app, shop)
  })

  test('patent 9: a stranger gets the preset voucher, which takes no slot', async () => {
    const answer = await claim('telegram:900', share.token)

    expect(answer).toMatchObject({
      result: 'fallback',
      reason: 'stranger',
      voucher: { valueMinor: 100 },
    })
  })

  test('patent 10: who already has one is told so and shown that voucher', async () => {
    const first = await claim('telegram:901', share.token)

    const second = await claim('telegram:901', share.token)

    expect(second).toEqual({ ...first, result: 'repeated', reason: undefined })
  })

  test('patent 10: a voucher is shown again even after the share was stopped and the campaign ended', async () => {
    const first = await claim('telegram:902', share.token)
    await revokeShare(app, {
      personId: 'telegram:1',
      merchantId: shop.merchantId,
      shareId: share.shareId,
    })
    await changeCampaign(app, { merchantId: shop.merchantId, campaignId, to: 'stopped' })

    expect(await claim('telegram:902', share.token)).toEqual({
      ...first,
      result: 'repeated',
      reason: undefined,
    })
    expect(await claim('telegram:903', share.token)).toMatchObject({ result: 'revoked' })
  })
})

test('once the slots are taken, known people get the preset voucher, and then nothing', async () => {
  await using own = await testApp()
  const place = await addShop(own)
  await addCampaign(own, place, { slotsPerShare: 1, fallback: { quantity: 1 } })
  const { token } = await addShare(own, place)
  for (const person of ['telegram:2', 'telegram:3', 'telegram:4'])
    await addKnown(own, place, person)
  const claimAs = (personId: string) => claimShare(own, { personId, by: { kind: 'token', token } })

  expect(await claimAs('telegram:2')).toMatchObject({ result: 'allocated' })
  expect(await claimAs('telegram:3')).toMatchObject({ result: 'fallback', reason: 'share_used_up' })
  expect(await claimAs('telegram:4')).toEqual({
    result: 'exhausted',
    reason: 'share_used_up',
    merchantName: 'Candle & Co',
  })
})

test('patent 8: random amounts sum to the pot exactly and follow from the published seed', async () => {
  await using own = await testApp()
  const place = await addShop(own)
  await addCampaign(own, place, {
    mode: 'random',
    slotsPerShare: 8,
    potMinor: 2000,
    drawMinMinor: 100,
    drawMaxMinor: 600,
    templates: [{ kind: 'gift_balance', valueMinor: 600 }],
  })
  const share = await addShare(own, place)
  const members = people(8)
  for (const person of members) await addKnown(own, place, person)
  expect(await proveShare(own, place.merchantId, share.shareId)).not.toHaveProperty('seed')

  const answers = await Promise.all(
    members.map((personId) =>
      claimShare(own, { personId, by: { kind: 'token', token: share.token } }),
    ),
  )

  const amounts = answers.map(({ voucher }) => voucher?.valueMinor ?? 0)
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(2000)
  expect(Math.min(...amounts)).toBeGreaterThanOrEqual(100)
  expect(Math.max(...amounts)).toBeLessThanOrEqual(600)
  const proof = await proveShare(own, place.merchantId, share.shareId)
  expect(hashOfSeed(proof?.seed ?? '')).toBe(share.seedHash)
  expect(proof?.amountsMinor).toEqual(amounts)
})

describe('raced', () => {
  const ROUNDS = 12

  test('many people at once never get more than the slots, over many rounds', async () => {
    await using own = await testApp()
    const place = await addShop(own)
    await addCampaign(own, place, {
      slotsPerShare: 7,
      claimScope: 'share',
      fallback: { quantity: 100 },
    })
    const known = people(20)
    for (const person of known) await addKnown(own, place, person)

    for (let round = 0; round < ROUNDS; round++) {
      const share = await addShare(own, place)
      const answers = await Promise.all(
        [...known, ...known].map((personId) =>
          claimShare(own, { personId, by: { kind: 'token', token: share.token } }),
        ),
      )
      const count = (result: string) => answers.filter((answer) => answer.result === result).length
      expect({ round, allocated: count('allocated') }).toEqual({ round, allocated: 7 })
      expect(count('allocated') + count('fallback') + count('exhausted') + count('repeated')).toBe(
        40,
      )
      expect(answers.filter(({ result, voucher }) => result === 'repeated' && !voucher)).toEqual([])
    }
  })
})
