import type { AppContext } from '../context.ts'
import type { HoldView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { holdOf } from '../store/holds.ts'
import { vouchersByIds } from '../store/vouchers.ts'
import { voucherView } from './voucher-view.ts'

/** A hold as it is now, with its voucher. */
export async function holdView(
  app: AppContext,
  merchantId: string,
  holdId: string,
): Promise<HoldView> {
  const stored = await holdOf(app.db, merchantId, holdId)
  const [voucher] = stored ? await vouchersByIds(app.db, merchantId, [stored.voucherId]) : []
  if (!stored || !voucher) throw new AppError('ERR_HOLD_NOT_FOUND', 'There is no such hold.')
  const { voucherId, ...hold } = stored
  return { ...hold, voucher: voucherView(voucher) }
}
