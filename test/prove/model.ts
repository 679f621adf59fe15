/**
 * What a shop with one campaign does, told once more in memory and without any statement: people 0 and 1
 * have an order each and share from it, 2 and 3 are known, 4 and 5 are strangers.
 */
export type Step =
  | { kind: 'share'; order: number }
  | { kind: 'claim'; person: number; share: number }
  | { kind: 'redeem'; person: number; amount: number | undefined; again: boolean }
  | { kind: 'roll back'; redemption: number; amount: number | undefined; again: boolean }
  | { kind: 'revoke'; share: number }
  | { kind: 'expire share'; share: number }
  | { kind: 'expire voucher'; person: number }
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
}

type Voucher = {
  by: 'allocated' | 'fallback'
  value: number
  left: number
  unused: number
  /** Its last day is over. */
  isDue: boolean
  /** And that was noted: what was left is unused. */
  isExpired: boolean
}

type Redemption = { person: number; amount: number; unused: number; back: number }

export const SIZES = {
  slots: 2,
  pot: 1000,
  value: 600,
  quantity: 3,
  preset: 2,
  presetValue: 100,
  budget: 2000,
} as const
const KNOWN = 4

export function newModel(mode: Model['mode']): Model {
  return {
    mode,
    status: 'active',
    templateLeft: SIZES.quantity,
    fallbackLeft: SIZES.preset,
    available: SIZES.budget,
    shares: [],
    vouchers: new Map(),
    redemptions: [],
  }
}

/** Which share a press on Share leads to: an old one, a new one, or none. */
export function pressShare(model: Model, order: number): number | undefined {
  const alive = model.shares.findIndex(
    (share) => share.order === order && ['draft', 'open', 'exhausted'].includes(share.status),
  )
  if (alive >= 0) return alive
  const isSpent = model.shares.some((share) => share.order === order && share.taken > 0)
  if (model.status !== 'active' || isSpent) return undefined
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
  if (person < KNOWN && share.status === 'open' && model.templateLeft > 0 && hasMoney) {
    model.templateLeft--
    if (model.mode === 'matched') model.available -= SIZES.value
    give(model, person, 'allocated', model.mode === 'matched' ? SIZES.value : worth)
    share.taken++
    share.given += worth
    if (share.taken === SIZES.slots) share.status = 'exhausted'
    return 'allocated'
  }
  if (model.fallbackLeft === 0) return 'exhausted'
  model.fallbackLeft--
  give(model, person, 'fallback', SIZES.presetValue)
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

function give(model: Model, person: number, by: Voucher['by'], value: number): void {
  model.vouchers.set(person, { by, value, left: value, unused: 0, isDue: false, isExpired: false })
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
export function spend(model: Model, person: number, wanted: number | undefined): string {
  const voucher = model.vouchers.get(person)!
  if (voucher.left === 0 && !voucher.isExpired) return 'already_redeemed'
  if (voucher.isDue) return 'expired'
  const amount = wanted ?? voucher.left
  if (amount > voucher.left) return 'amount_exceeds_balance'
  const unused = voucher.by === 'fallback' ? voucher.left - amount : 0
  voucher.left -= amount + unused
  voucher.unused += unused
  model.redemptions.push({ person, amount, unused, back: 0 })
  return 'redeemed'
}

export function giveBack(model: Model, at: number, wanted: number | undefined): string {
  const redemption = model.redemptions[at]!
  const voucher = model.vouchers.get(redemption.person)!
  const left = redemption.amount - redemption.back
  if (left === 0) return 'nothing_left'
  const amount = wanted ?? left
  if (amount > left) return 'amount_exceeds_redemption'
  redemption.back += amount
  if (voucher.isExpired) return 'rolled_back'
  voucher.left += amount
  if (amount === left) {
    voucher.left += redemption.unused
    redemption.unused = 0
  }
  return 'rolled_back'
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

/** What is left of vouchers that are due is booked unused; one that is spent stays spent. */
export function expireVoucher(model: Model, person: number): void {
  model.vouchers.get(person)!.isDue = true
  for (const voucher of model.vouchers.values()) {
    if (!voucher.isDue || voucher.left === 0) continue
    voucher.left = 0
    voucher.isExpired = true
  }
}
