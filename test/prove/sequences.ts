import fc from 'fast-check'

import type { AppContext } from '../../src/context.ts'
import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { closeDueShares } from '../../src/usecases/close-due-shares.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { rollBackRedemption } from '../../src/usecases/roll-back-redemption.ts'
import { addCampaign } from '../helpers/shop.ts'
import { judgeBooks } from './judge.ts'
import {
  closeShare,
  expireVoucher,
  giveBack,
  type Model,
  newModel,
  openLink,
  pressShare,
  SIZES,
  type Step,
  setStatus,
  spend,
} from './model.ts'
import type { Place } from './place.ts'
import { count, type Tally } from './tally.ts'
import { readyToShare } from './world.ts'

/**
 * Lets people, tills and the merchant do whatever they may in any order, and compares each answer with
 * what the model says. fast-check shortens what fails to the fewest steps.
 */
export async function trySequences(
  place: Place,
  tally: Tally,
  { runs, seed }: { runs: number; seed: number },
): Promise<void> {
  const property = fc.asyncProperty(
    fc.constantFrom<Model['mode']>('random', 'matched'),
    fc.commands(
      STEPS.map((step) => step.map((it) => new Command(it))),
      { maxCommands: 40, size: 'max' },
    ),
    async (mode, commands) => {
      count(tally, 'sequences of steps')
      const real = await openReal(place, mode, tally)
      const model = newModel(mode)
      await new Command({ kind: 'share', order: 0 }).run(model, real)
      await fc.asyncModelRun(() => ({ model, real }), commands)
    },
  )
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: runs > 5000 })
  if (details.failed) tally.wrong.push(fc.defaultReportMessage(details) ?? 'failed')
  await judgeBooks(place.world.app.db, tally)
}

const person = fc.nat({ max: 5 })
const share = fc.nat({ max: 3 })
const amount = fc.option(fc.integer({ min: 1, max: 700 }), { nil: undefined })
const again = fc.boolean()

const STEPS: fc.Arbitrary<Step>[] = [
  fc.record({ kind: fc.constant('share' as const), order: fc.nat({ max: 1 }) }),
  fc.record({ kind: fc.constant('claim' as const), person, share }),
  fc.record({ kind: fc.constant('claim' as const), person, share }),
  fc.record({ kind: fc.constant('redeem' as const), person, amount, again }),
  fc.record({ kind: fc.constant('roll back' as const), redemption: share, amount, again }),
  fc.record({ kind: fc.constant('revoke' as const), share }),
  fc.record({ kind: fc.constant('expire share' as const), share }),
  fc.record({ kind: fc.constant('expire voucher' as const), person }),
  fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'stop' as const) }),
]

type Real = {
  place: Place
  tally: Tally
  campaignId: string
  people: string[]
  press: ((app: AppContext) => Promise<{ shareId: string; sharerId: string; token: string }>)[]
  shares: { shareId: string; sharerId: string; token: string }[]
  vouchers: Map<number, { voucherId: string; code: string }>
  redemptions: string[]
}

async function openReal(place: Place, mode: Model['mode'], tally: Tally): Promise<Real> {
  const { world } = place
  const pots = { potMinor: SIZES.pot, drawMinMinor: 300, drawMaxMinor: 700 }
  const { campaignId } = await addCampaign(world.app, world.shop, {
    mode,
    ...(mode === 'random' && pots),
    slotsPerShare: SIZES.slots,
    budgetMinor: SIZES.budget,
    templates: [{ kind: 'gift_balance', valueMinor: SIZES.value, quantity: SIZES.quantity }],
    fallback: { quantity: SIZES.preset, valueMinor: SIZES.presetValue },
  })
  const orders = [await readyToShare(world, campaignId), await readyToShare(world, campaignId)]
  const known = [world.nextKnown(), world.nextKnown()]
  return {
    place,
    tally,
    campaignId,
    people: [
      ...orders.map(({ personId }) => personId),
      ...known,
      world.nextStranger(),
      world.nextStranger(),
    ],
    press: orders.map(({ press }) => press),
    shares: [],
    vouchers: new Map(),
    redemptions: [],
  }
}

class Command implements fc.AsyncCommand<Model, Real> {
  readonly step: Step

  constructor(step: Step) {
    this.step = step
  }

  /** Steps that speak of what is not there are left out. */
  check(model: Readonly<Model>): boolean {
    const step = pointed(this.step, model)
    if (step?.kind !== 'expire share') return step !== undefined
    return ['draft', 'open'].includes(model.shares[step.share]?.status ?? '')
  }

  async run(model: Model, real: Real): Promise<void> {
    count(real.tally, 'steps')
    const step = pointed(this.step, model) ?? this.step
    const run = RUN[step.kind] as (model: Model, real: Real, step: Step) => Promise<Compared>
    const { expected, said } = await run(model, real, step)
    if (expected !== said) throw new Error(`${this.toString()}: ${said} instead of ${expected}`)
  }

  toString(): string {
    return JSON.stringify(this.step)
  }
}

/** A step that means one of what there is, whatever number it was drawn with; nothing when there is none. */
function pointed(step: Step, { shares, vouchers, redemptions }: Readonly<Model>): Step | undefined {
  switch (step.kind) {
    case 'claim':
    case 'revoke':
    case 'expire share':
      return shares.length > 0 ? { ...step, share: step.share % shares.length } : undefined
    case 'redeem':
    case 'expire voucher': {
      const holders = [...vouchers.keys()]
      const holder = holders[step.person % Math.max(1, holders.length)]
      return holder === undefined ? undefined : { ...step, person: holder }
    }
    case 'roll back':
      return redemptions.length > 0
        ? { ...step, redemption: step.redemption % redemptions.length }
        : undefined
    default:
      return step
  }
}

type Compared = { expected: string; said: string }
type Runs = {
  [K in Step['kind']]: (model: Model, real: Real, step: Step & { kind: K }) => Promise<Compared>
}

const RUN: Runs = {
  share: async (model, real, { order }) => {
    const expected = pressShare(model, order)
    const share = await real.press[order]!(anyProcess(real)).catch(() => undefined)
    if (share && expected === real.shares.length) real.shares.push(share)
    const said = real.shares.findIndex(({ shareId }) => shareId === share?.shareId)
    return { expected: String(expected ?? -1), said: String(said) }
  },
  claim: async (model, real, { person, share }) => {
    const personId = real.people[person]!
    const { token } = real.shares[share]!
    const answer = await claimShare(anyProcess(real), { personId, by: { kind: 'token', token } })
    real.tally.claims++
    const expected = openLink(model, person, share, answer.voucher?.valueMinor ?? 0)
    const mine = real.vouchers.get(person)
    if (answer.voucher && !mine) real.vouchers.set(person, answer.voucher)
    const same = !mine || mine.voucherId === answer.voucher?.voucherId
    return { expected: `${expected} true`, said: `${answer.result} ${same}` }
  },
  redeem: async (model, real, { person, amount, again }) => {
    const order = {
      merchantId: real.place.world.shop.merchantId,
      code: real.vouchers.get(person)?.code ?? '',
      amountMinor: amount,
      requestId: crypto.randomUUID(),
      by: 'api',
    }
    const expected = spend(model, person, amount)
    const first = await redeemVoucher(anyProcess(real), order)
    real.tally.spends++
    if (!('redemption' in first)) return { expected, said: first.reason }
    const { redemptionId, balanceAfterMinor } = first.redemption
    real.redemptions.push(redemptionId)
    const second = again ? await redeemVoucher(anyProcess(real), order) : first
    const same = 'redemption' in second && second.redemption.redemptionId === redemptionId
    const left = model.vouchers.get(person)?.left
    return {
      expected: `${expected} ${left} true`,
      said: `${first.outcome} ${balanceAfterMinor} ${same}`,
    }
  },
  'roll back': async (model, real, { redemption, amount, again }) => {
    const order = {
      merchantId: real.place.world.shop.merchantId,
      redemptionId: real.redemptions[redemption] ?? '',
      amountMinor: amount,
      requestId: crypto.randomUUID(),
      by: 'api',
    }
    const expected = giveBack(model, redemption, amount)
    const first = await rollBackRedemption(anyProcess(real), order)
    real.tally.spends++
    if (!('redemption' in first)) return { expected, said: first.reason }
    const second = again ? await rollBackRedemption(anyProcess(real), order) : first
    const back = 'redemption' in second ? second.redemption.rolledBackMinor : undefined
    const { person } = model.redemptions[redemption]!
    const left = model.vouchers.get(person)?.left
    return {
      expected: `${expected} ${model.redemptions[redemption]?.back} ${left}`,
      said: `${first.outcome} ${back} ${first.redemption.voucher.balanceMinor}`,
    }
  },
  revoke: async (model, real, { share }) => {
    const { shareId, sharerId: personId } = real.shares[share]!
    const { merchantId } = real.place.world.shop
    const { outcome } = await revokeShare(anyProcess(real), { personId, merchantId, shareId })
    return { expected: closeShare(model, share, 'revoked'), said: outcome }
  },
  'expire share': async (model, real, { share }) => {
    await passTime(real, 'shares', real.shares[share]?.shareId ?? '')
    await closeDueShares(anyProcess(real))
    return { expected: closeShare(model, share, 'expired'), said: 'expired' }
  },
  'expire voucher': async (model, real, { person }) => {
    await passTime(real, 'vouchers', real.vouchers.get(person)?.voucherId ?? '')
    await expireDueVouchers(anyProcess(real))
    expireVoucher(model, person)
    return { expected: '', said: '' }
  },
  pause: (model, real) => change(model, real, 'paused'),
  resume: (model, real) => change(model, real, 'active'),
  stop: (model, real) => change(model, real, 'stopped'),
}

async function change(model: Model, real: Real, to: Model['status']): Promise<Compared> {
  const { campaignId, place } = real
  const { merchantId } = place.world.shop
  const result = await changeCampaign(anyProcess(real), { merchantId, campaignId, to })
  if (to === 'stopped') await closeDueShares(anyProcess(real))
  return {
    expected: setStatus(model, to),
    said: result.outcome === 'refused' ? result.reason : result.outcome,
  }
}

function anyProcess({ place }: Real): AppContext {
  return place.chance.pick(place.processes)
}

async function passTime({ place }: Real, table: 'shares' | 'vouchers', id: string): Promise<void> {
  const { app, shop } = place.world
  await app.db.run(
    ({ sql }) => sql`
      update ${sql(table)} set expires_at = clock_timestamp()
      where merchant_id = ${shop.merchantId} and id = ${id}`,
  )
}
