import type { Voucher } from '../api/answers.ts'

/** A voucher's status as of now: it ends at its time, not when the server gets to write that down. */
export function statusOf({ status, expiresAt }: Voucher, now: number): Voucher['status'] {
  const isOver = OVER.has(status)
  return !isOver && Date.parse(expiresAt) <= now ? 'expired' : status
}

export function isUsable(voucher: Voucher, now: number): boolean {
  return !OVER.has(statusOf(voucher, now))
}

/** What can be spent, soonest to end first, apart from what cannot, latest first. */
export function sortVouchers(
  vouchers: readonly Voucher[],
  now: number,
): { usable: Voucher[]; over: Voucher[] } {
  const byEnd = vouchers.toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt))
  const usable = byEnd.filter((voucher) => isUsable(voucher, now))
  const over = byEnd.filter((voucher) => !isUsable(voucher, now)).toReversed()
  return { usable, over }
}

const OVER: ReadonlySet<Voucher['status']> = new Set(['redeemed', 'expired', 'revoked'])
