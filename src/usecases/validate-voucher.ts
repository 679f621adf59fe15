import type { AppContext } from '../context.ts'
import { readCode } from '../domain/code.ts'
import type { VoucherView } from '../domain/views.ts'
import { voucherByCode } from '../store/vouchers.ts'
import { voucherView } from './voucher-view.ts'

export type ValidateResult = {
  outcome: 'valid' | 'unknown_code' | 'already_redeemed' | 'expired' | 'revoked' | 'held'
  voucher?: VoucherView
}

/** Whether a voucher would be taken now. It decides nothing: only the redemption does. */
export async function validateVoucher(
  app: AppContext,
  { merchantId, code }: { merchantId: string; code: string },
): Promise<ValidateResult> {
  const read = readCode(code)
  const stored = read && (await voucherByCode(app.db, merchantId, read))
  if (!stored) return { outcome: 'unknown_code' }
  const voucher = voucherView(stored)
  switch (voucher.status) {
    case 'redeemed':
      return { outcome: 'already_redeemed', voucher }
    case 'expired':
    case 'revoked':
    case 'held':
      return { outcome: voucher.status, voucher }
    default:
      return { outcome: 'valid', voucher }
  }
}
