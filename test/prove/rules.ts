import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { addCampaign } from '../helpers/shop.ts'
import { tryErasing } from './erasing.ts'
import { tryLimits } from './limits.ts'
import { trySpending } from './spending-rules.ts'
import { expectThat, type Tally } from './tally.ts'
import { tillOf } from './till.ts'
import { addShareOf, type World } from './world.ts'

/** What is said to people and tills who do everything once, twice and too much, one after the other. */
export const RULES = {
  rules: tryClaiming,
  limits: tryLimits,
  spending: trySpending,
  erasing: tryErasing,
} as const satisfies Record<string, (world: World, tally: Tally) => Promise<void>>

export async function tryRules(world: World, tally: Tally): Promise<void> {
  for (const attempt of Object.values(RULES)) await attempt(world, tally)
}

async function tryClaiming(world: World, tally: Tally): Promise<void> {
  await tryClaims(world, tally)
  await tryDoubleTap(world, tally)
  await tryDeadlines(world, tally)
  await tryRevoking(world, tally)
}

async function claim({ app }: World, personId: string, token: string) {
  return claimShare(app, { personId, by: { kind: 'token', token } })
}

/** Slots, then vouchers, then the budget run out; then the preset vouchers. */
async function tryClaims(world: World, tally: Tally): Promise<void> {
  const kinds = [
    { slotsPerShare: 2, budgetMinor: 1_000_000 },
    { slotsPerShare: 9, templates: [{ quantity: 2 }] },
    { slotsPerShare: 9, budgetMinor: 1000 },
    { mode: 'random', potMinor: 700, drawMinMinor: 300, drawMaxMinor: 400, slotsPerShare: 2 },
  ] as const
  for (const kind of kinds) {
    const { campaignId } = await addCampaign(world.app, world.shop, {
      ...kind,
      templates: 'templates' in kind ? [...kind.templates] : [{}],
      fallback: { quantity: 1 },
    })
    const share = await addShareOf(world, campaignId)
    const people = [1, 2, 3, 4].map(() => world.nextKnown())
    const results = []
    for (const person of people) results.push(await claim(world, person, share.token))
    const given = results.map(({ result }) => result).join()
    expectThat(
      tally,
      'over',
      `two to give and one preset: ${given}`,
      given === 'allocated,allocated,fallback,exhausted',
    )
    const again = await claim(world, people[0]!, share.token)
    expectThat(
      tally,
      'double',
      `asked again: ${again.result}`,
      again.result === 'repeated' && again.voucher?.voucherId === results[0]?.voucher?.voucherId,
    )
    await changeCampaign(world.app, {
      merchantId: world.shop.merchantId,
      campaignId,
      to: 'stopped',
    })
  }
}

/** One person asks five times at the same moment, others in between: each gets their own answer. */
async function tryDoubleTap(world: World, tally: Tally): Promise<void> {
  const { campaignId } = await addCampaign(world.app, world.shop, { slotsPerShare: 50 })
  const share = await addShareOf(world, campaignId)
  const tapper = world.nextKnown()
  const people = [
    world.nextKnown(),
    tapper,
    world.nextStranger(),
    tapper,
    tapper,
    world.nextKnown(),
  ]
  // the first goes alone, the others together in the next batch
  const answers = await Promise.all(
    [world.nextKnown(), ...people].map(async (personId) => ({
      personId,
      voucher: (await claim(world, personId, share.token)).voucher,
    })),
  )
  const ofTapper = answers.filter(({ personId }) => personId === tapper)
  const vouchers = new Set(ofTapper.map(({ voucher }) => voucher?.voucherId))
  expectThat(tally, 'double', 'one who tapped three times got several', vouchers.size === 1)
  const holders = await world.app.db.run(
    ({ sql }) => sql<{ id: string; holderId: string }[]>`
      select id, holder_id from vouchers
      where merchant_id = ${world.shop.merchantId} and campaign_id = ${campaignId}`,
  )
  const holderOf = new Map(holders.map(({ id, holderId }) => [id, holderId]))
  const strange = answers.filter(
    ({ personId, voucher }) => holderOf.get(voucher?.voucherId ?? '') !== personId,
  )
  expectThat(
    tally,
    'wrong',
    `${strange.length} were told of others' vouchers`,
    strange.length === 0,
  )
}

/** The database's clock decides, to the second. */
async function tryDeadlines(world: World, tally: Tally): Promise<void> {
  const { campaignId } = await addCampaign(world.app, world.shop)
  const share = await addShareOf(world, campaignId)
  const { merchantId } = world.shop
  const given = await claim(world, world.nextKnown(), share.token)
  await world.app.db.run(
    ({ sql }) => sql`
      with ended as (
        update shares set expires_at = clock_timestamp() - interval '1 second'
        where merchant_id = ${merchantId} and id = ${share.shareId}
      )
      update vouchers set expires_at = clock_timestamp() - interval '1 second'
      where merchant_id = ${merchantId} and id = ${given.voucher?.voucherId ?? ''}`,
  )
  const late = await claim(world, world.nextKnown(), share.token)
  expectThat(tally, 'over', `an expired share gave ${late.result}`, late.result === 'expired')
  const spent = await tillOf(world.app, merchantId).redeem(given.voucher?.code ?? '')
  expectThat(tally, 'over', `an expired voucher was ${spent.outcome}`, spent.outcome === 'expired')
}

/** A pot goes back to the campaign once, however often the share is stopped, and pays for another. */
async function tryRevoking(world: World, tally: Tally): Promise<void> {
  const { app, shop } = world
  const { campaignId } = await addCampaign(app, shop, {
    mode: 'random',
    budgetMinor: 1000,
    potMinor: 1000,
    drawMinMinor: 100,
    drawMaxMinor: 300,
  })
  const first = await addShareOf(world, campaignId)
  const second = await addShareOf(world, campaignId)
  const opened = await claim(world, world.nextKnown(), first.token)
  const tooMuch = await claim(world, world.nextKnown(), second.token)
  expectThat(tally, 'wrong', `the first share gave ${opened.result}`, opened.result === 'allocated')
  expectThat(tally, 'over', `a second pot gave ${tooMuch.result}`, tooMuch.result === 'fallback')
  for (let i = 0; i < 2; i++) {
    await revokeShare(app, {
      personId: first.sharerId,
      merchantId: shop.merchantId,
      shareId: first.shareId,
    }).catch((error: unknown) => tally.wrong.push(`revoking failed: ${String(error)}`))
  }
  const after = await claim(world, world.nextKnown(), first.token)
  expectThat(tally, 'over', `a revoked share gave ${after.result}`, after.result === 'revoked')
}
