import { renderSVG } from 'uqr'

import { publicUrlOf } from '../../config.ts'
import type { AppContext } from '../../context.ts'
import { formatMoney } from '../../domain/money.ts'
import { ingestOrders } from '../../usecases/ingest-orders.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { rolesOf } from '../../usecases/staff-roles.ts'
import { CAST, personIdOf } from './cast.ts'
import { ORDERS, RECEIPTS } from './orders.ts'
import { STORE } from './seed-shop.ts'

/** A printed receipt, as the page shows it. */
export type Receipt = {
  title: string
  store: string
  total: string
  url: string
  startPayload: string
  qr: string
}

/** The demo shop's receipts; none when this installation was not seeded. */
export async function receiptsOf(app: AppContext): Promise<Receipt[]> {
  const owner = CAST.find(({ role }) => role === 'owner')
  const [shop] = owner ? await rolesOf(app, personIdOf(owner)) : []
  if (!shop) return []
  const { merchantId, merchantName } = shop
  const store = (await listStores(app, merchantId)).find(({ sourceId }) => sourceId === STORE)
  const items = ORDERS.filter(({ sourceId }) => RECEIPTS.some((number) => number === sourceId))
  // taking an order in again changes nothing and answers with what is on its receipt
  const taken = await ingestOrders(app, { merchantId, storeSourceId: STORE, items })
  return items.flatMap(({ sourceId, totalMinor, currency }) => {
    const order = taken.find((one) => one.sourceId === sourceId)
    if (order?.kind !== 'order') return []
    const url = `${publicUrlOf(app.config)}/r/${order.queryToken}`
    return {
      title: `Order ${sourceId}`,
      store: `${merchantName} · ${store?.name ?? ''}`,
      total: formatMoney(totalMinor, currency, 'en-GB'),
      url,
      startPayload: order.reference,
      qr: renderSVG(url, { border: 1 }),
    }
  })
}
