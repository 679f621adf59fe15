import { beforeAll, describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { createRecent } from '../../src/recent.ts'
import { hashOfSeed } from '../../src/seed.ts'
import { audit } from '../../src/store/audit.ts'
import type { CampaignFacts } from '../../src/store/claims.ts'
import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { proveShare } from '../../src/usecases/prove-share.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { otherProcesses, testApp } from '../helpers/app.ts'
import {
  addCampaign,
  addKnown,
  addShare,
  addShop,
  type CampaignOptions,
  people,
  type Shop,
} from '../helpers/shop.ts'

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

test('what is used up is not chosen again, also where another process has used it up', async () => {
  await using own = await testApp()
  const place = await addShop(own)
  await addCampaign(own, place, { templates: [{ quantity: 2 }, { quantity: 2 }] })
  const share = await addShare(own, place)
  const recentCampaigns = createRecent<CampaignFacts>({ forMs: 60_000, most: 10 })
  const elsewhere = { ...own, recentCampaigns }

  const reasons: string[] = []
  for (const [i, process] of [elsewhere, own, elsewhere, elsewhere, own].entries()) {
    const personId = `telegram:${100 + i}`
    await addKnown(own, place, personId)
    const { reason } = await claimShare(process, {
      personId,
      by: { kind: 'token', token: share.token },
    })
    reasons.push(reason ?? 'given')
  }

  // the third cannot know yet that the second has taken the last one
  expect(reasons).toEqual(['given', 'given', 'template_used_up', 'given', 'given'])
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

  /** Each claim in a statement of its own. */
  function alone(app: AppContext): AppContext {
    return { ...app, together: async (_key, ask, run) => (await run([ask]))[0] as never }
  }

  async function raceOn(
    racers: (own: AppContext) => AppContext[],
    round: CampaignOptions,
  ): Promise<void> {
    await using own = await testApp()
    const place = await addShop(own)
    const { fallbackId } = await addCampaign(own, place, { claimScope: 'share', ...round })
    const known = people(20)
    for (const person of known) await addKnown(own, place, person)
    const processes = racers(own)

    for (let i = 0; i < ROUNDS; i++) {
      const share = await addShare(own, place)
      const answers = await Promise.all(
        [...known, ...known, ...known].map((personId, n) =>
          claimShare(processes[n % processes.length]!, {
            personId,
            by: { kind: 'token', token: share.token },
          }),
        ),
      )
      const count = (result: string) => answers.filter((answer) => answer.result === result).length
      expect({ round: i, allocated: count('allocated') }).toEqual({ round: i, allocated: 7 })
      expect(count('allocated') + count('fallback') + count('exhausted') + count('repeated')).toBe(
        60,
      )
      expect(
        answers.filter(
          ({ result, voucher }) => (result === 'exhausted') !== (voucher === undefined),
        ),
      ).toEqual([])
      const vouchersByPerson = new Map<string, Set<string>>()
      for (const [n, { voucher }] of answers.entries()) {
        const person = known[n % known.length]!
        const seen = vouchersByPerson.get(person) ?? new Set()
        vouchersByPerson.set(person, voucher ? seen.add(voucher.voucherId) : seen)
      }
      expect([...vouchersByPerson.values()].filter(({ size }) => size > 1)).toEqual([])
    }
    expect(fallbackId).not.toBe('')
    expect(await audit(own.db)).toEqual([])
  }

  test('many people at once never get more than the slots, nor anybody two, over many rounds', () =>
    raceOn((own) => [own], { slotsPerShare: 7, fallback: { quantity: 100 } }))

  test('nor when several processes claim at once', () =>
    raceOn((own) => otherProcesses(own, 4), { slotsPerShare: 7, fallback: { quantity: 100 } }))

  test('nor when every claim is a statement of its own, for random amounts too', () =>
    raceOn((own) => [alone(own)], {
      slotsPerShare: 7,
      fallback: { quantity: 100 },
      mode: 'random',
      potMinor: 1400,
      drawMinMinor: 100,
      drawMaxMinor: 500,
      templates: [{ kind: 'gift_balance', valueMinor: 500 }],
    }))

  test('several processes share several shares of one campaign and never spend more than its budget', async () => {
    await using own = await testApp()
    const place = await addShop(own)
    await addCampaign(own, place, {
      slotsPerShare: 10,
      budgetMinor: 6000,
      fallback: { quantity: 5 },
    })
    const known = people(30)
    for (const person of known) await addKnown(own, place, person)
    const shares = await Promise.all(Array.from({ length: 4 }, () => addShare(own, place)))
    const processes = otherProcesses(own, 4)

    const answers = await Promise.all(
      shares.flatMap(({ token }, s) =>
        known.map((personId, n) =>
          claimShare(processes[(n + s) % 4]!, { personId, by: { kind: 'token', token } }),
        ),
      ),
    )

    const got = (result: string) => answers.filter((answer) => answer.result === result).length
    // 6000 pence hold twelve of 500, whoever is quickest
    expect({ allocated: got('allocated'), fallback: got('fallback') }).toEqual({
      allocated: 12,
      fallback: 5,
    })
    expect(await audit(own.db)).toEqual([])
  })
})
