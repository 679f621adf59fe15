import { setTimeout as sleep } from 'node:timers/promises'

import type { AppContext } from '../../src/context.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { addCampaign, type CampaignOptions } from '../helpers/shop.ts'
import type { ClaimAck } from './crowd.ts'
import { raceErasing } from './erasing.ts'
import { judgeClaims } from './judge.ts'
import type { Place } from './place.ts'
import { raceSpending } from './spending-races.ts'
import { count, type Tally } from './tally.ts'
import { addShareOf } from './world.ts'

/** Campaigns with too little for all, each of something else. */
const SCARCE: readonly CampaignOptions[] = [
  { slotsPerShare: 4, fallback: { quantity: 5 } },
  { slotsPerShare: 30, templates: [{ quantity: 6 }], fallback: { quantity: 3 } },
  { slotsPerShare: 30, budgetMinor: 3500, fallback: { quantity: 3 } },
  {
    mode: 'random',
    budgetMinor: 5000,
    potMinor: 2000,
    drawMinMinor: 100,
    drawMaxMinor: 900,
    slotsPerShare: 10,
    fallback: { quantity: 4 },
  },
  { slotsPerShare: 30, maxVouchers: 6, fallback: { quantity: 3 } },
  { slotsPerShare: 30, dayMaxVouchers: 8, dayBudgetMinor: 3400, fallback: { quantity: 3 } },
  { slotsPerShare: 30, claimScope: 'share', personLimit: 1, personPeriod: 'day' },
]

const POTS: CampaignOptions = {
  mode: 'random',
  potMinor: 10_000,
  drawMinMinor: 100,
  drawMaxMinor: 900,
  slotsPerShare: 20,
}

/** Several processes, and whatever may meet: the same people on several shares, tills, revocations. */
export async function tryRaces(place: Place, tally: Tally, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const kind of SCARCE) await raceClaims(place, tally, kind)
    await raceRevoking(place, tally)
    for (let i = 0; i < 2; i++) await raceSpending(place, tally)
    for (let i = 0; i < 2; i++) await raceErasing(place, tally)
  }
}

async function raceClaims(place: Place, tally: Tally, kind: CampaignOptions): Promise<void> {
  const { world, chance, processes } = place
  const { campaignId } = await addCampaign(world.app, world.shop, kind)
  const shares = [await addShareOf(world, campaignId), await addShareOf(world, campaignId)]
  const people = Array.from({ length: 14 }, () => world.nextKnown())
  const asks = chance.shuffle([...people, ...people, ...people])
  const answers = await Promise.all(
    asks.map((personId, i) =>
      claimOnce(processes[i % processes.length]!, personId, chance.pick(shares).token, tally),
    ),
  )
  count(tally, 'claims raced by four processes', asks.length)
  tally.claims += asks.length
  const acks = answers.filter((ack) => ack !== undefined)
  await judgeClaims(world.app.db, world.shop.merchantId, acks, tally)
}

async function claimOnce(
  app: AppContext,
  personId: string,
  token: string,
  tally: Tally,
): Promise<ClaimAck | undefined> {
  try {
    const { result, voucher } = await claimShare(app, { personId, by: { kind: 'token', token } })
    const { voucherId, code, valueMinor } = voucher ?? {}
    return { personId, token, result, voucherId, code, valueMinor }
  } catch (error) {
    tally.wrong.push(`a claim failed: ${String(error)}`)
    return undefined
  }
}

/** Three processes give from a pot while the fourth stops the share: the rest goes back exactly. */
async function raceRevoking(place: Place, tally: Tally): Promise<void> {
  const { world, chance, processes } = place
  const { merchantId } = world.shop
  const [stopper, ...others] = processes
  for (let i = 0; i < 3; i++) {
    const { campaignId } = await addCampaign(world.app, world.shop, POTS)
    const { shareId, sharerId, token } = await addShareOf(world, campaignId)
    await claimOnce(world.app, world.nextKnown(), token, tally)
    const claiming = Array.from({ length: 24 }, async (_, turn) => {
      await sleep(turn)
      await claimOnce(others[turn % others.length]!, world.nextKnown(), token, tally)
    })
    await sleep(chance.between(0, 20))
    await revokeShare(stopper!, { personId: sharerId, merchantId, shareId }).catch(
      (error: unknown) => tally.wrong.push(`revoking failed: ${String(error)}`),
    )
    const late = await claimOnce(stopper!, world.nextKnown(), token, tally)
    if (late && late.result !== 'revoked') tally.over.push(`a revoked share gave ${late.result}`)
    await Promise.all(claiming)
    count(tally, 'shares stopped while they gave')
  }
}
