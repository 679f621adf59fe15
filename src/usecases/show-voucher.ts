import type { AppContext } from '../context.ts'
import type { VoucherView } from '../domain/views.ts'
import { usesOf, type VoucherUse } from '../store/voucher-uses.ts'
import { voucherOf } from './list-vouchers.ts'

export type UsedVoucher = { voucher: VoucherView; uses: VoucherUse[] }

/** A voucher with how it was used, for its holder; nothing for anybody else. */
export async function showVoucher(
  app: AppContext,
  place: { merchantId: string; voucherId: string; personId: string },
): Promise<UsedVoucher | undefined> {
  const uses = await usesOf(app.db, place.merchantId, place.voucherId, place.personId)
  const voucher = uses && (await voucherOf(app, place))
  return voucher && { voucher, uses }
}
