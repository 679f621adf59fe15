import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { ordersOf } from '../../usecases/list-orders.ts'
import { sharesOf } from '../../usecases/list-shares.ts'
import { vouchersOf } from '../../usecases/list-vouchers.ts'
import { Order, ShareWithLinks, Voucher } from '../schemas.ts'
import type { Server } from '../server.ts'
import { visitorOf } from '../who.ts'

/** What is one's own: orders, vouchers, shares. */
export function walletRoutes(server: Server, app: AppContext): void {
  server.get(
    '/v1/me/orders',
    { schema: { tags: ['people'], response: { 200: Type.Object({ orders: Type.Array(Order) }) } } },
    async (request) => ({ orders: await ordersOf(app, visitorOf(request).personId) }),
  )
  server.get(
    '/v1/me/vouchers',
    {
      schema: {
        tags: ['people'],
        response: { 200: Type.Object({ vouchers: Type.Array(Voucher) }) },
      },
    },
    async (request) => ({ vouchers: await vouchersOf(app, visitorOf(request).personId) }),
  )
  server.get(
    '/v1/me/shares',
    {
      schema: {
        tags: ['people'],
        response: { 200: Type.Object({ shares: Type.Array(ShareWithLinks) }) },
      },
    },
    async (request) => ({ shares: await sharesOf(app, visitorOf(request).personId) }),
  )
}
