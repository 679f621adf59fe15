import fc from 'fast-check'

import type { AppContext } from '../../src/context.ts'
import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { closeDueShares } from '../../src/usecases/close-due-shares.ts'
import { erasePerson } from '../../src/usecases/erase-person.ts'
import { expireDueHolds } from '../../src/usecases/expire-due-holds.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { addCampaign } from '../helpers/shop.ts'
import { tracesOf } from './erasing.ts'
import { judgeBooks } from './judge.ts'
import {
  closeShare,
  erase,
  expireVoucher,
  giveBack,
  keep,
  letGo,
  type Model,
  newModel,
  openLink,
  payBack,
  pressShare,
  SIZES,
  type Step,
  setStatus,
  spend,
} from './model.ts'
import type { Place } from './place.ts'
import { count, type Tally } from './tally.ts'
import { stateOf, type Till, tillOf } from './till.ts'
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
    fc.boolean(),
    fc.commands(
      STEPS.map((step) => step.map((it) => new Command(it))),
      { maxCommands: 50, size: 'max' },
    ),
    async (mode, withdraws, commands) => {
      count(tally, 'sequences of steps')
      const real = await openReal(place, mode, withdraws, tally)
      const model = newModel(mode, withdraws)
      for (const step of BEGINNING) await new Command(step).run(model, real)
      await fc.asyncModelRun(() => ({ model, real }), commands)
    },
  )
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: runs > 5000 })
  if (details.failed) tally.wrong.push(fc.defaultReportMessage(details) ?? 'failed')
  await judgeBooks(place.world.app.db, tally)
}

/** There is something to spend in each sequence. */
const BEGINNING: readonly Step[] = [
  { kind: 'share', order: 0 },
  { kind: 'claim', person: 2, share: 0 },
]

const person = fc.nat({ max: 5 })
const share = fc.nat({ max: 3 })
const amount = fc.option(fc.integer({ min: 1, max: 350 }), { nil: undefined, freq: 3 })
const again = fc.boolean()
const order = fc.nat({ max: 1 })
const none = fc.constant(undefined)
const paid = fc.option(order, { nil: undefined })

const claim = fc.record({ kind: fc.constant('claim' as const), person, share })
const redeem = fc.record({
  kind: fc.constant('redeem' as const),
  person,
  amount,
  hold: none,
  order: paid,
  again,
})
const hold = fc.record({ kind: fc.constant('hold' as const), person, amount, again })

/** What ends something, all of them together as often as one of the others. */
const ENDS: fc.Arbitrary<Step>[] = [
  fc.record({ kind: fc.constant('revoke' as const), share }),
  fc.record({ kind: fc.constant('expire share' as const), share }),
  fc.record({ kind: fc.constant('expire voucher' as const), person }),
  fc.record({ kind: fc.constant('erase' as const), person }),
  fc.record({ kind: fc.constant('cancel' as const), order }),
  fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'stop' as const) }),
]

const STEPS: fc.Arbitrary<Step>[] = [
  fc.record({ kind: fc.constant('share' as const), order }),
  claim,
  claim,
  redeem,
  redeem,
  redeem.map((step) => ({ ...step, hold: step.person % 4 })),
  hold,
  hold,
  fc.record({ kind: fc.constantFrom('release' as const, 'end hold' as const), hold: share, again }),
  fc.record({ kind: fc.constant('roll back' as const), redemption: share, amount, again }),
  fc.record({
    kind: fc.constant('refund' as const),
    order,
    amount: fc.integer({ min: 1, max: 400 }),
    again,
  }),
  fc.oneof(...ENDS),
]

type Real = {
  place: Place
  tally: Tally
  campaignId: string
  people: string[]
  orders: string[]
  press: ((app: AppContext) => Promise<{ shareId: string; sharerId: string; token: string }>)[]
  shares: { shareId: string; sharerId: string; token: string }[]
  vouchers: Map<number, { voucherId: string; code: string }>
  redemptions: string[]
  holds: string[]
}

async function openReal(
  place: Place,
  mode: Model['mode'],
  withdraws: boolean,
  tally: Tally,
): Promise<Real> {
  const { world } = place
  const pots = { potMinor: SIZES.pot, drawMinMinor: 300, drawMaxMinor: 700 }
  const { campaignId } = await addCampaign(world.app, world.shop, {
    mode,
    ...(mode === 'random' && pots),
    slotsPerShare: SIZES.slots,
    budgetMinor: SIZES.budget,
    onCancelledShare: withdraws ? 'revoke' : 'keep',
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
    orders: orders.map(({ orderSourceId }) => orderSourceId),
    press: orders.map(({ press }) => press),
    shares: [],
    vouchers: new Map(),
    redemptions: [],
    holds: [],
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
function pointed(step: Step, model: Readonly<Model>): Step | undefined {
  const { shares, vouchers, redemptions, holds } = model
  switch (step.kind) {
    case 'claim':
    case 'revoke':
    case 'expire share':
      return shares.length > 0 ? { ...step, share: step.share % shares.length } : undefined
    case 'redeem':
    case 'hold':
    case 'expire voucher': {
      const holders = [...vouchers.keys()]
      const person = holders[step.person % Math.max(1, holders.length)]
      if (person === undefined) return undefined
      if (step.kind !== 'redeem' || step.hold === undefined) return { ...step, person }
      return { ...step, person, hold: holds.length > 0 ? step.hold % holds.length : undefined }
    }
    case 'release':
    case 'end hold':
      return holds.length > 0 ? { ...step, hold: step.hold % holds.length } : undefined
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
  redeem: async (model, real, step) => {
    const { person, amount, hold, order, again } = step
    const asked = {
      requestId: crypto.randomUUID(),
      amountMinor: amount,
      holdId: hold === undefined ? undefined : real.holds[hold],
      orderId: order === undefined ? undefined : real.orders[order],
    }
    const code = real.vouchers.get(person)?.code ?? ''
    const expected = spend(model, step)
    const first = await anyTill(real).redeem(code, asked)
    real.tally.spends++
    if (first.outcome !== 'redeemed') return { expected, said: first.outcome }
    real.redemptions.push(first.id)
    const second = again ? await anyTill(real).redeem(code, asked) : first
    return {
      expected: `${expected} true ${leftOf(model, person)}`,
      said: `${first.outcome} ${second.id === first.id} ${await leftIn(real, person)}`,
    }
  },
  'roll back': async (model, real, { redemption, amount, again }) => {
    const id = real.redemptions[redemption] ?? ''
    const asked = { requestId: crypto.randomUUID(), amountMinor: amount }
    const expected = giveBack(model, redemption, amount)
    const first = await anyTill(real).rollBack(id, asked)
    real.tally.spends++
    if (first.outcome !== 'rolled_back') return { expected, said: first.outcome }
    const second = again ? await anyTill(real).rollBack(id, asked) : first
    const { person } = model.redemptions[redemption]!
    return {
      expected: `${expected} true ${leftOf(model, person)}`,
      said: `${first.outcome} ${second.id === first.id} ${await leftIn(real, person)}`,
    }
  },
  hold: async (model, real, { person, amount, again }) => {
    const code = real.vouchers.get(person)?.code ?? ''
    const requestId = crypto.randomUUID()
    const expected = keep(model, person, amount)
    const first = await anyTill(real).hold(code, amount, requestId)
    // `held` is an answer without a hold too: others hold what was asked for
    if (!first.id) {
      const said = `${first.outcome} ${real.holds.length}`
      return { expected: `${expected} ${model.holds.length}`, said }
    }
    real.holds.push(first.id)
    const second = again ? await anyTill(real).hold(code, amount, requestId) : first
    return {
      expected: `${expected} true ${model.holds.at(-1)?.amount} ${leftOf(model, person)}`,
      said: `${first.outcome} ${second.id === first.id} ${first.amountMinor} ${await leftIn(real, person)}`,
    }
  },
  release: async (model, real, { hold, again }) => {
    const { person } = model.holds[hold]!
    const expected = [letGo(model, hold), ...(again ? [letGo(model, hold)] : [])]
    const said = []
    for (let i = 0; i < expected.length; i++) {
      said.push((await anyTill(real).release(real.holds[hold] ?? '')).outcome)
    }
    return {
      expected: `${expected.join()} ${leftOf(model, person)}`,
      said: `${said.join()} ${await leftIn(real, person)}`,
    }
  },
  'end hold': async (model, real, { hold, again }) => {
    await passTime(real, 'holds', real.holds[hold] ?? '')
    if (again) await expireDueHolds(anyProcess(real))
    letGo(model, hold)
    return { expected: '', said: '' }
  },
  refund: async (model, real, { order, amount, again }) => {
    const refundId = crypto.randomUUID()
    payBack(model, order, amount)
    for (let i = 0; i < (again ? 2 : 1); i++) {
      await anyTill(real).refund(real.orders[order] ?? '', refundId, amount)
    }
    return { expected: allLeft(model), said: await allLeftIn(real) }
  },
  cancel: async (model, real, { order }) => {
    payBack(model, order, SIZES.order)
    await anyTill(real).cancel(real.orders[order] ?? '')
    return { expected: allLeft(model), said: await allLeftIn(real) }
  },
  revoke: async (model, real, { share }) => {
    const { shareId, sharerId: personId } = real.shares[share]!
    const { merchantId } = real.place.world.shop
    const { outcome } = await revokeShare(anyProcess(real), { personId, merchantId, shareId })
    const isTheirs = !model.erased.has(model.shares[share]!.order)
    return { expected: isTheirs ? closeShare(model, share, 'revoked') : 'not_yours', said: outcome }
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
  erase: async (model, real, { person }) => {
    const personId = real.people[person]!
    await erasePerson(anyProcess(real), personId)
    const nobody = erase(model, person)
    const voucher = real.vouchers.get(person)
    real.vouchers.delete(person)
    if (voucher) real.vouchers.set(nobody, voucher)
    return {
      expected: ` ${allLeft(model)}`,
      said: `${await tracesOf(real.place.world, personId)} ${await allLeftIn(real)}`,
    }
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

function leftOf(model: Model, person: number): string {
  const { left, over } = model.vouchers.get(person)!
  return `${left}${over ? ` ${over}` : ''}`
}

async function leftIn({ place, vouchers }: Real, person: number): Promise<string> {
  const { left, status } = await stateOf(place.world, vouchers.get(person)?.code ?? '')
  return `${left}${['expired', 'revoked'].includes(status) ? ` ${status}` : ''}`
}

function allLeft(model: Model): string {
  return [...model.vouchers.keys()].map((person) => leftOf(model, person)).join()
}

async function allLeftIn(real: Real): Promise<string> {
  const left = []
  for (const person of real.vouchers.keys()) left.push(await leftIn(real, person))
  return left.join()
}

function anyTill(real: Real): Till {
  return tillOf(anyProcess(real), real.place.world.shop.merchantId)
}

function anyProcess({ place }: Real): AppContext {
  return place.chance.pick(place.processes)
}

async function passTime(
  { place }: Real,
  table: 'shares' | 'vouchers' | 'holds',
  id: string,
): Promise<void> {
  const { app, shop } = place.world
  await app.db.run(
    ({ sql }) => sql`
      update ${sql(table)} set expires_at = clock_timestamp()
      where merchant_id = ${shop.merchantId} and id = ${id}`,
  )
}
