import type { AppContext } from '../context.ts'
import type { VoucherView } from '../domain/views.ts'
import { vouchersOf as storedVouchersOf, vouchersByIds } from '../store/vouchers.ts'
import { voucherView } from './voucher-view.ts'

/** A person's vouchers: those to spend first, soonest to expire; then the others. */
export async function vouchersOf(app: AppContext, personId: string): Promise<VoucherView[]> {
  return (await storedVouchersOf(app.db, personId)).map(voucherView)
}

/** One voucher, for whoever tells its holder of it. */
export async function voucherOf(
  app: AppContext,
  { merchantId, voucherId }: { merchantId: string; voucherId: string },
): Promise<VoucherView | undefined> {
  const [voucher] = await vouchersByIds(app.db, merchantId, [voucherId])
  return voucher && voucherView(voucher)
}
