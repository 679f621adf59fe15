import type { AppContext } from '../context.ts'
import { isMistyped, spellingsOf } from '../domain/code.ts'
import type { UsedView, VoucherView } from '../domain/views.ts'
import { noteWrongCode } from '../store/alerts.ts'
import { lastRedemptionOf } from '../store/redemptions.ts'
import { voucherByCode } from '../store/vouchers.ts'
import { voucherView } from './voucher-view.ts'

/** A voucher as a till is shown it, and who used it last. */
export type TillVoucher = { voucher?: VoucherView; used?: UsedView }

/** What a till is told of the voucher behind a code, whether it is taken or not. */
export async function tillVoucher(
  app: AppContext,
  merchantId: string,
  codes: string[],
): Promise<TillVoucher> {
  const stored = await voucherByCode(app.db, merchantId, codes)
  if (!stored) return {}
  const used = await lastRedemptionOf(app.db, merchantId, stored.voucherId)
  return { voucher: voucherView(stored), ...(used && { used }) }
}

/** Whether a merchant has a voucher with what was typed as its code. */
export async function isCodeKnown(
  app: AppContext,
  merchantId: string,
  typed: string,
): Promise<boolean> {
  return (await voucherByCode(app.db, merchantId, spellingsOf(typed))) !== undefined
}

/** What is wrong with a code that no voucher has; each is counted, since many may be somebody who guesses. */
export async function wrongCode(
  app: AppContext,
  merchantId: string,
  { code, by }: { code: string; by: string },
): Promise<'unknown_code' | 'code_mistyped'> {
  await noteWrongCode(app.db, merchantId, by)
  return isMistyped(code) ? 'code_mistyped' : 'unknown_code'
}
