import type { AppContext } from '../context.ts'
import type { RedemptionView, RollbackView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { redemptionOf, rollbackOf } from '../store/redemptions.ts'
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
  const { voucherId, orderId, orderMinor, ...redemption } = stored
  return {
    ...redemption,
    voucher: voucherView(voucher),
    ...(orderId !== null && { orderId }),
    ...(orderMinor !== null && { orderMinor }),
  }
}

/** A rollback with its redemption as it is now; `isRefund` when the order's cancellation made it. */
export async function rollbackView(
  app: AppContext,
  merchantId: string,
  rollbackId: string,
): Promise<{ rollback: RollbackView; redemption: RedemptionView; isRefund: boolean }> {
  const stored = await rollbackOf(app.db, merchantId, rollbackId)
  if (!stored) throw new AppError('ERR_REDEMPTION_NOT_FOUND', 'There is no such rollback.')
  const { redemptionId, by, ...rollback } = stored
  return {
    rollback,
    redemption: await redemptionView(app, merchantId, redemptionId),
    isRefund: by === 'refund',
  }
}
