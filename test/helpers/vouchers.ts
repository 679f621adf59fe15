import type { AppContext } from '../../src/context.ts'
import type { VoucherView } from '../../src/domain/views.ts'
import type { IncomingOrder } from '../../src/orders/source.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import type { CampaignRequest } from '../../src/usecases/create-campaign.ts'
import type { VouchersRequest } from '../../src/usecases/create-vouchers.ts'
import { addCampaign, addKnown, addShare, addShop, type Shop } from './shop.ts'

type Held = { shop: Shop; voucher: VoucherView; campaignId: string; shareOrderId: string }

/** A shop where somebody holds a voucher, by default a gift balance of £10. */
export async function withVoucher(
  app: AppContext,
  template: Partial<VouchersRequest> = { kind: 'gift_balance', valueMinor: 1000 },
  campaign: Partial<CampaignRequest> = {},
): Promise<Held> {
  const shop = await addShop(app)
  const { campaignId } = await addCampaign(app, shop, { ...campaign, templates: [template] })
  await addKnown(app, shop, 'telegram:2')
  return { shop, campaignId, ...(await anotherVoucher(app, shop)) }
}

/** One more of a shop's vouchers, from a new share: of a campaign that gives one for each share. */
export async function anotherVoucher(
  app: AppContext,
  shop: Shop,
  personId = 'telegram:2',
  order: Partial<IncomingOrder> = {},
): Promise<Pick<Held, 'voucher' | 'shareOrderId'>> {
  const shareOrderId = `shared-${crypto.randomUUID()}`
  const { token } = await addShare(app, shop, 'telegram:1', shareOrderId, order)
  const { voucher } = await claimShare(app, { personId, by: { kind: 'token', token } })
  if (!voucher) throw new Error('no voucher')
  return { voucher, shareOrderId }
}
