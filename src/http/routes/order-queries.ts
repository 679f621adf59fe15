import Type, { type Static } from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { type OrderQuery, queryOrder } from '../../usecases/query-order.ts'
import { Body, Reference, SourceId, StoreId, Token } from '../fields.ts'
import { perPerson } from '../limits.ts'
import { Offer, Order } from '../schemas.ts'
import type { Server } from '../server.ts'
import { visitorOf } from '../who.ts'

const ByToken = Body({ token: Token })
const ByReference = Body({ reference: Reference })
const ByPin = Body({
  orderId: SourceId,
  storeId: StoreId,
  pin: Type.String({ minLength: 4, maxLength: 32 }),
})
const OrderReply = Type.Object({ order: Order, offers: Type.Array(Offer) })

function queryOf(
  body: Static<typeof ByToken> | Static<typeof ByReference> | Static<typeof ByPin>,
): OrderQuery {
  if ('token' in body) return { kind: 'token', ...body }
  return 'reference' in body ? { kind: 'reference', ...body } : { kind: 'pin', ...body }
}

/** Opening an order by its receipt, or by number, store and PIN. @patent 2 5 */
export function orderQueryRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/orders/query',
    {
      schema: {
        tags: ['people'],
        body: Type.Union([ByToken, ByReference, ByPin]),
        response: { 200: OrderReply },
      },
      config: perPerson({ max: 10, timeWindow: '1 minute' }),
    },
    async (request) => {
      const { body } = request
      const by = queryOf(body)
      const answer = await queryOrder(app, { personId: visitorOf(request).personId, by })
      if (answer.outcome === 'bound_to_other') {
        throw new AppError('ERR_ORDER_BOUND_TO_OTHER', 'This order is linked to another account.')
      }
      if (answer.outcome === 'not_found') {
        throw new AppError(
          'ERR_ORDER_NOT_FOUND',
          'No order fits this. After five wrong tries an order waits for 15 minutes.',
        )
      }
      return { order: answer.order, offers: answer.offers }
    },
  )
}
