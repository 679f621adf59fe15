import type { VoucherView } from '../domain/views.ts'
import type { StoredVoucher } from '../store/vouchers.ts'

/** A stored voucher as its holder sees it. */
export function voucherView(stored: StoredVoucher): VoucherView {
  const {
    percentBp,
    storeName,
    storeAddress,
    holderId,
    campaignId,
    templateId,
    claimId,
    ...voucher
  } = stored
  return {
    ...voucher,
    ...(percentBp !== null && { percentBp }),
    ...(storeName !== null && { storeName }),
    ...(storeAddress !== null && { storeAddress }),
  }
}
