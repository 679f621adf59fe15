import type { AppContext } from '../../src/context.ts'
import type { ShareView, VoucherKind } from '../../src/domain/views.ts'
import type { IncomingOrder } from '../../src/orders/source.ts'
import { addMerchant } from '../../src/usecases/add-merchant.ts'
import { addStore } from '../../src/usecases/add-store.ts'
import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import { type CampaignRequest, createCampaign } from '../../src/usecases/create-campaign.ts'
import { createVouchers, type VouchersRequest } from '../../src/usecases/create-vouchers.ts'
import { type Ingested, ingestOrders } from '../../src/usecases/ingest-orders.ts'
import { queryOrder } from '../../src/usecases/query-order.ts'
import { shareOffer } from '../../src/usecases/share-offer.ts'

export type Shop = { merchantId: string; apiKey: string; ownerReference: string; storeId: string }

/** A merchant with one store, number 7 in London. Nobody gets the preset voucher to compare with. */
export async function addShop(app: AppContext, name = 'Candle & Co'): Promise<Shop> {
  const { merchantId, apiKey, ownerReference } = await addMerchant(app, { name, currency: 'GBP' })
  await app.db.run(({ sql }) => sql`update merchants set control_bp = 0 where id = ${merchantId}`)
  const { store } = await addStore(app, {
    merchantId,
    sourceId: '7',
    name: 'Soho',
    address: '12 Berwick Street, London',
    zone: 'Europe/London',
  })
  return { merchantId, apiKey, ownerReference, storeId: store.storeId }
}

export type CampaignOptions = Partial<CampaignRequest> & {
  templates?: Partial<VouchersRequest>[]
  fallback?: Partial<VouchersRequest> | false
}

/** A running campaign: by default matched, five slots a share, plenty of one voucher and of the preset one. */
export async function addCampaign(
  app: AppContext,
  { merchantId }: Shop,
  options: CampaignOptions = {},
) {
  const { templates = [{}], fallback = {}, ...campaign } = options
  const { campaignId } = await createCampaign(app, {
    merchantId,
    name: 'Autumn',
    mode: 'matched',
    zone: 'Europe/London',
    startsAt: new Date(Date.now() - 3600_000),
    endsAt: new Date(Date.now() + 30 * 24 * 3600_000),
    budgetMinor: 1_000_000,
    slotsPerShare: 5,
    offer: { title: 'A treat for your friends', rule: { amountMinor: { from: 1000 } } },
    ...campaign,
  })
  const ordinary = {
    merchantId,
    campaignId,
    kind: 'amount_off' as VoucherKind,
    valueMinor: 500,
    quantity: 1000,
  }
  const templateIds: string[] = []
  for (const template of templates) {
    const made = await createVouchers(app, { ...ordinary, name: '£5 off', ...template })
    if ('templateId' in made) templateIds.push(made.templateId)
  }
  let fallbackId = ''
  if (fallback) {
    const made = await createVouchers(app, {
      ...ordinary,
      name: '£1 off',
      valueMinor: 100,
      isFallback: true,
      ...fallback,
    })
    if ('templateId' in made) fallbackId = made.templateId
  }
  await changeCampaign(app, { merchantId, campaignId, to: 'active' })
  return { campaignId, templateIds, fallbackId }
}

export const CANDLES: IncomingOrder['lines'][number] = {
  sku: '85123A',
  title: 'White hanging heart t-light holder',
  quantity: 6,
  unitMinor: 255,
  amountMinor: 1530,
  kind: 'item',
  category: 'candles',
}

/** An order of the shop as it comes in, by default £15.30 of candles. */
export async function addOrder(
  app: AppContext,
  { merchantId }: Shop,
  sourceId: string,
  order: Partial<IncomingOrder> = {},
): Promise<Extract<Ingested, { kind: 'order' }>> {
  const [taken] = await ingestOrders(app, {
    merchantId,
    storeSourceId: '7',
    items: [
      {
        kind: 'order',
        sourceId,
        placedAt: new Date('2026-11-21T10:00:00Z'),
        currency: 'GBP',
        totalMinor: 1530,
        lines: [CANDLES],
        ...order,
      },
    ],
  })
  if (taken?.kind !== 'order') throw new Error('the order was not taken')
  return taken
}

/** Somebody with an order, known to the shop from now on. */
export async function addKnown(app: AppContext, shop: Shop, personId: string): Promise<void> {
  const { queryToken } = await addOrder(app, shop, `of-${personId}`)
  await queryOrder(app, { personId, by: { kind: 'token', token: queryToken } })
}

/** A share of the campaign's offer by a person with a new order of theirs. */
export async function addShare(
  app: AppContext,
  shop: Shop,
  personId = 'telegram:1',
  sourceId = `shared-${crypto.randomUUID()}`,
  more: Partial<IncomingOrder> = {},
): Promise<ShareView & { token: string }> {
  const order = await addOrder(app, shop, sourceId, more)
  const answer = await queryOrder(app, { personId, by: { kind: 'token', token: order.queryToken } })
  if (answer.outcome !== 'shown' || !answer.offers[0]) throw new Error('no offer was shown')
  const result = await shareOffer(app, {
    personId,
    order: { merchantId: shop.merchantId, orderId: order.orderId },
    offerId: answer.offers[0].offerId,
  })
  if (result.outcome !== 'shared') throw new Error(`not shared: ${result.reason}`)
  const { merchantId, shareId } = result.share
  return { ...result.share, token: await app.tokens.sealShare({ merchantId, shareId }) }
}

/** People who claim at the same moment. */
export function people(count: number, from = 1000): string[] {
  return Array.from({ length: count }, (_, i) => `telegram:${from + i}`)
}
