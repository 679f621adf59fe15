import type { VoucherView } from '../domain/views.ts'
import type { Ask, CampaignFacts, Claimed } from '../store/claims.ts'
import type { StoredVoucher } from '../store/vouchers.ts'

/** A stored voucher as its holder sees it. */
export function voucherView(stored: StoredVoucher): VoucherView {
  const {
    percentBp,
    heldMinor,
    storeName,
    storeAddress,
    storeNames,
    hours,
    holderId,
    campaignId,
    templateId,
    claimId,
    ...voucher
  } = stored
  return {
    ...voucher,
    ...(percentBp !== null && { percentBp }),
    ...(heldMinor > 0 && { heldMinor }),
    ...(storeName !== null && { storeName }),
    ...(storeAddress !== null && { storeAddress }),
    ...(storeNames !== null && { storeNames }),
    ...(hours !== null && { hours }),
  }
}

/** A voucher that has just been given, as its holder sees it; nothing when none was. */
export function newVoucherView(
  merchantId: string,
  { merchantName, currency, zone, templates }: CampaignFacts,
  { voucherId }: Ask,
  { code, templateId, valueMinor, issuedAt, expiresAt }: Claimed,
): VoucherView | undefined {
  const template = templates.find(({ id }) => id === templateId)
  if (!template || code === null || valueMinor === null || !issuedAt || !expiresAt) return undefined
  const { id, traits, left, isFallback, leastBp, mostBp, storeZone, ...kind } = template
  return {
    merchantId,
    merchantName,
    voucherId,
    code,
    ...kind,
    valueMinor,
    balanceMinor: valueMinor,
    currency,
    status: 'issued',
    issuedAt,
    expiresAt,
    zone: storeZone ?? zone,
  }
}
