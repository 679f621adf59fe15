/**
 * What a shop with one campaign does, told once more in memory and without any statement: people 0 and 1
 * have an order each and share from it, 2 and 3 are known, 4 and 5 are strangers. Vouchers pay for the
 * same two orders.
 */
export type Step =
  | { kind: 'share'; order: number }
  | { kind: 'claim'; person: number; share: number }
  | {
      kind: 'redeem'
      person: number
      amount: number | undefined
      hold: number | undefined
      /** Which of the orders was paid for. */
      order: number | undefined
      again: boolean
    }
  | { kind: 'roll back'; redemption: number; amount: number | undefined; again: boolean }
  | { kind: 'hold'; person: number; amount: number | undefined; again: boolean }
  | { kind: 'release' | 'end hold'; hold: number; again: boolean }
  | { kind: 'refund'; order: number; amount: number; again: boolean }
  | { kind: 'cancel'; order: number }
  | { kind: 'revoke'; share: number }
  | { kind: 'expire share'; share: number }
  | { kind: 'expire voucher'; person: number }
  | { kind: 'erase'; person: number }
  | { kind: 'pause' | 'resume' | 'stop' }

export type Model = {
  mode: 'random' | 'matched'
  status: 'active' | 'paused' | 'stopped'
  templateLeft: number
  fallbackLeft: number
  /** Neither reserved nor issued. */
  available: number
  shares: { order: number; status: string; taken: number; given: number }[]
  vouchers: Map<number, Voucher>
  redemptions: Redemption[]
  holds: { person: number; amount: number; status: 'held' | 'captured' | 'over' }[]
  /** How much of each order is cancelled. */
  cancelled: [number, number]
  /** Whether vouchers are withdrawn when the order of their share is cancelled. */
  withdraws: boolean
  /** Who was erased; what they had is somebody's from then on, under a number of its own. */
  erased: Set<number>
  nobodies: number
}

type Voucher = {
  by: 'allocated' | 'fallback'
  share: number
  value: number
  left: number
  unused: number
  /** Its last day is over. */
  isDue: boolean
  /** Expired, or withdrawn: what was left is unused. */
  over: 'expired' | 'revoked' | undefined
}

type Redemption = {
  person: number
  amount: number
  unused: number
  back: number
  order: number | undefined
}

export const SIZES = {
  slots: 2,
  pot: 1000,
  value: 600,
  quantity: 3,
  preset: 2,
  presetValue: 100,
  budget: 2000,
  order: 1530,
} as const
const KNOWN = 4

export function newModel(mode: Model['mode'], withdraws: boolean): Model {
  return {
    mode,
    status: 'active',
    templateLeft: SIZES.quantity,
    fallbackLeft: SIZES.preset,
    available: SIZES.budget,
    shares: [],
    vouchers: new Map(),
    redemptions: [],
    holds: [],
    cancelled: [0, 0],
    withdraws,
    erased: new Set(),
    nobodies: 0,
  }
}

/** Which share a press on Share leads to: an old one, a new one, or none. */
export function pressShare(model: Model, order: number): number | undefined {
  const alive = model.shares.findIndex(
    (share) => share.order === order && ['draft', 'open', 'exhausted'].includes(share.status),
  )
  if (alive >= 0) return alive
  const isSpent = model.shares.some((share) => share.order === order && share.taken > 0)
  if (model.status !== 'active' || isSpent || isCancelled(model, order)) return undefined
  if (model.erased.has(order)) return undefined
  return model.shares.push({ order, status: 'draft', taken: 0, given: 0 }) - 1
}

/**
 * What somebody who opens a share is told.
 *
 * @param worth what a random voucher came to be worth, which only the draw knows
 */
export function openLink(model: Model, person: number, at: number, worth: number): string {
  const share = model.shares[at]!
  openDraft(model, share)
  if (model.vouchers.has(person)) return 'repeated'
  if (model.status === 'stopped' || share.status === 'revoked') return 'revoked'
  if (share.status === 'expired') return 'expired'
  if (model.status === 'paused') return 'ineligible'
  const hasMoney = model.mode === 'random' || model.available >= SIZES.value
  const isKnown = person < KNOWN && !model.erased.has(person)
  if (isKnown && share.status === 'open' && model.templateLeft > 0 && hasMoney) {
    model.templateLeft--
    if (model.mode === 'matched') model.available -= SIZES.value
    give(model, person, at, 'allocated', model.mode === 'matched' ? SIZES.value : worth)
    share.taken++
    share.given += worth
    if (share.taken === SIZES.slots) share.status = 'exhausted'
    return 'allocated'
  }
  if (model.fallbackLeft === 0) return 'exhausted'
  model.fallbackLeft--
  give(model, person, at, 'fallback', SIZES.presetValue)
  return 'fallback'
}

function openDraft(model: Model, share: Model['shares'][number]): void {
  if (share.status !== 'draft') return
  if (model.mode === 'random') {
    if (model.status !== 'active' || model.available < SIZES.pot) return
    model.available -= SIZES.pot
  }
  share.status = 'open'
}

function give(model: Model, person: number, share: number, by: Voucher['by'], value: number): void {
  const voucher = { by, share, value, left: value, unused: 0, isDue: false, over: undefined }
  model.vouchers.set(person, voucher)
}

export function closeShare(model: Model, at: number, as: 'revoked' | 'expired'): string {
  const share = model.shares[at]!
  const mayEnd = as === 'revoked' ? ['draft', 'open', 'exhausted'] : ['draft', 'open']
  if (!mayEnd.includes(share.status)) return 'already_over'
  if (model.mode === 'random' && share.status === 'open') {
    model.available += SIZES.pot - share.given
  }
  share.status = as
  return as
}

/** A gift balance keeps its rest; the preset voucher is an amount off, whose rest is unused. */
export function spend(model: Model, step: Step & { kind: 'redeem' }): string {
  const { person, amount: asked, order } = step
  const voucher = model.vouchers.get(person)!
  const hold = step.hold === undefined ? undefined : model.holds[step.hold]!
  const within = hold?.person === person && hold.status === 'held' ? hold.amount : undefined
  const orderMinor = order === undefined ? undefined : SIZES.order - model.cancelled[order as 0 | 1]
  const judged = judge(model, person, asked, { within, orderMinor })
  if (judged.outcome === 'already_redeemed') return judged.outcome
  if (order !== undefined && isCancelled(model, order)) return 'order_cancelled'
  if (hold && hold.person !== person) return 'unknown_hold'
  if (hold && hold.status !== 'held') return 'hold_over'
  if (judged.outcome !== 'valid') return judged.outcome

  if (hold) hold.status = 'captured'
  const unused = voucher.by === 'fallback' ? voucher.left - judged.amount : 0
  voucher.left -= judged.amount + unused
  voucher.unused += unused
  model.redemptions.push({ person, amount: judged.amount, unused, back: 0, order })
  return 'redeemed'
}

/** Keeps a part of a gift balance, or all of the preset voucher. */
export function keep(model: Model, person: number, asked: number | undefined): string {
  const { left, by } = model.vouchers.get(person)!
  const { outcome, amount } = judge(model, person, asked, {})
  if (outcome !== 'valid') return outcome
  model.holds.push({ person, amount: by === 'fallback' ? left : amount, status: 'held' })
  return 'held'
}

/** What is left of a voucher is free as far as nobody else holds it. */
function judge(
  model: Model,
  person: number,
  asked: number | undefined,
  { within, orderMinor }: { within?: number | undefined; orderMinor?: number | undefined },
): { outcome: string; amount: number } {
  const { left, over, isDue, by } = model.vouchers.get(person)!
  const others = heldOf(model, person) - (within ?? 0)
  const free = Math.min(within ?? left, left - others)
  const amount = asked ?? Math.min(free, orderMinor ?? free)
  const refuse = (outcome: string) => ({ outcome, amount })
  if (over) return refuse(over)
  if (left === 0) return refuse('already_redeemed')
  if (isDue) return refuse('expired')
  if (free <= 0 || (others > 0 && by === 'fallback')) return refuse('held')
  if (amount > left) return refuse('amount_exceeds_balance')
  if (amount > free) return refuse(within === undefined ? 'held' : 'amount_exceeds_hold')
  return { outcome: 'valid', amount }
}

function heldOf({ holds }: Model, person: number): number {
  let held = 0
  for (const hold of holds)
    if (hold.person === person && hold.status === 'held') held += hold.amount
  return held
}

export function letGo(model: Model, at: number): string {
  const hold = model.holds[at]!
  if (hold.status === 'captured') return 'hold_over'
  if (hold.status === 'over') return 'unchanged'
  hold.status = 'over'
  return 'released'
}

export function giveBack(model: Model, at: number, wanted: number | undefined): string {
  const redemption = model.redemptions[at]!
  const voucher = model.vouchers.get(redemption.person)!
  const left = redemption.amount - redemption.back
  if (left === 0) return 'nothing_left'
  const amount = wanted ?? left
  if (amount > left) return 'amount_exceeds_redemption'
  redemption.back += amount
  if (voucher.over || redemption.person >= NOBODY) return 'rolled_back'
  voucher.left += amount
  if (amount === left) {
    voucher.left += redemption.unused
    redemption.unused = 0
  }
  return 'rolled_back'
}

/** An order is paid back, and with it at least the same part of what vouchers paid for it. */
export function payBack(model: Model, order: number, amount: number): void {
  if (isCancelled(model, order)) return
  const at = order as 0 | 1
  model.cancelled[at] = Math.min(SIZES.order, model.cancelled[at] + amount)
  if (isCancelled(model, order)) endShares(model, order)
  for (const [i, redemption] of model.redemptions.entries()) {
    if (redemption.order !== order) continue
    const part = Math.floor((redemption.amount * model.cancelled[at]) / SIZES.order)
    if (part > redemption.back) giveBack(model, i, part - redemption.back)
  }
}

/** A cancelled order ends its shares, and where the campaign says so what is left of their vouchers. */
function endShares(model: Model, order: number): void {
  for (const [at, share] of model.shares.entries()) {
    if (share.order === order) closeShare(model, at, 'revoked')
  }
  if (!model.withdraws) return
  for (const [person, voucher] of model.vouchers) {
    if (model.shares[voucher.share]?.order === order) end(model, person, 'revoked')
  }
}

/** What is left of a voucher is unused from now on; one that is spent stays spent. */
function end(model: Model, person: number, as: 'expired' | 'revoked'): void {
  const voucher = model.vouchers.get(person)!
  if (voucher.left === 0 || voucher.over) return
  voucher.left = 0
  voucher.over = as
  for (const hold of model.holds) {
    if (hold.person === person && hold.status === 'held') hold.status = 'over'
  }
}

/** Whoever is erased has nothing more and is a stranger from then on. Answers whose their voucher is now. */
export function erase(model: Model, person: number): number {
  for (const [at, share] of model.shares.entries()) {
    if (share.order === person) closeShare(model, at, 'revoked')
  }
  const nobody = NOBODY + model.nobodies++
  model.erased.add(person)
  const voucher = model.vouchers.get(person)
  if (!voucher) return nobody
  end(model, person, 'revoked')
  model.vouchers.delete(person)
  model.vouchers.set(nobody, voucher)
  for (const deed of [...model.redemptions, ...model.holds]) {
    if (deed.person === person) deed.person = nobody
  }
  return nobody
}

const NOBODY = 100

function isCancelled({ cancelled }: Model, order: number): boolean {
  return cancelled[order as 0 | 1] >= SIZES.order
}

export function setStatus(model: Model, to: Model['status']): string {
  if (model.status === to) return 'unchanged'
  if (model.status === 'stopped') return 'stopped'
  model.status = to
  if (to === 'stopped') {
    for (const at of model.shares.keys()) {
      if (['draft', 'open'].includes(model.shares[at]!.status)) closeShare(model, at, 'revoked')
    }
  }
  return 'changed'
}

export function expireVoucher(model: Model, person: number): void {
  model.vouchers.get(person)!.isDue = true
  for (const [holder, { isDue }] of model.vouchers) if (isDue) end(model, holder, 'expired')
}
