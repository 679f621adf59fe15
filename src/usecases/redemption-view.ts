import type { AppContext } from '../context.ts'
import type { RedemptionView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { redemptionOf } from '../store/redemptions.ts'
import { vouchersByIds } from '../store/vouchers.ts'
import { voucherView } from './voucher-view.ts'

/** A redemption as it is now, with its voucher. */
export async function redemptionView(
  app: AppContext,
  merchantId: string,
  redemptionId: string,
): Promise<RedemptionView> {
  const stored = await redemptionOf(app.db, merchantId, redemptionId)
  const [voucher] = stored ? await vouchersByIds(app.db, merchantId, [stored.voucherId]) : []
  if (!stored || !voucher)
    throw new AppError('ERR_REDEMPTION_NOT_FOUND', 'There is no such redemption.')
  const { voucherId, ...redemption } = stored
  return { ...redemption, voucher: voucherView(voucher) }
}
