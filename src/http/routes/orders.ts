import Type, { type Static } from 'typebox'
import { publicUrlOf } from '../../config.ts'
import type { AppContext } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { IncomingOrder } from '../../orders/source.ts'
import { cancelOrder, refundOrder } from '../../usecases/cancel-order.ts'
import { ingestOrders } from '../../usecases/ingest-orders.ts'
import { chatLinkOf } from '../../usecases/links-of.ts'
import {
  AmountMinor,
  Body,
  Currency,
  InstantText,
  Line,
  readInstant,
  SourceId,
  StoreId,
  Text,
} from '../fields.ts'
import type { Server } from '../server.ts'
import { merchantIdOf } from '../who.ts'

const MOST_MINOR = Number.MAX_SAFE_INTEGER

const LineBody = Body({
  sku: Line(128),
  title: Text(300),
  quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  unitMinor: Type.Integer({ minimum: -MOST_MINOR, maximum: MOST_MINOR }),
  amountMinor: Type.Integer({ minimum: -MOST_MINOR, maximum: MOST_MINOR }),
  kind: Type.Optional(Type.Enum(['item', 'postage', 'discount', 'fee'])),
  category: Type.Optional(Line(60)),
})

const OrderBody = Body({
  storeId: StoreId,
  placedAt: InstantText,
  currency: Currency,
  totalMinor: Type.Integer({ minimum: 0, maximum: MOST_MINOR, description: 'Minor units' }),
  customerRef: Type.Optional(Line(128)),
  country: Type.Optional(Line(60)),
  pin: Type.Optional(
    Type.String({ pattern: '^[0-9A-Za-z]{4,12}$', description: 'Made here when left out' }),
  ),
  lines: Type.Array(LineBody, { maxItems: 1000 }),
})

const OrderReply = Type.Object({
  outcome: Type.Enum(['taken', 'changed', 'unchanged']),
  orderId: Type.String(),
  pin: Type.Optional(Type.String()),
  receipt: Type.Object(
    { queryToken: Type.String(), url: Type.String(), chat: Type.String() },
    {
      description:
        'What to print as a QR: the page’s address, the link into the chat, or the token itself',
    },
  ),
})

const params = Type.Object({ sourceId: SourceId })

/** Orders pushed by the shop's system. @patent 4 */
export function orderRoutes(server: Server, app: AppContext): void {
  server.put(
    '/v1/orders/:sourceId',
    {
      bodyLimit: 1024 * 1024,
      schema: { tags: ['merchant'], params, body: OrderBody, response: { 200: OrderReply } },
    },
    async (request) => {
      const { sourceId } = request.params
      const { storeId, pin } = request.body
      const [order] = await ingestOrders(app, {
        merchantId: merchantIdOf(request),
        storeSourceId: storeId,
        items: [incomingOf(sourceId, request.body)],
        ...(pin !== undefined && { pins: new Map([[sourceId, pin]]) }),
      })
      if (order?.kind !== 'order') throw new AppError('ERR_INTERNAL', 'The order was not taken.')
      const { outcome, orderId, queryToken, reference } = order
      const receipt = {
        queryToken,
        url: `${publicUrlOf(app.config)}/r/${queryToken}`,
        chat: chatLinkOf(app.bot, reference),
      }
      return { outcome, orderId, ...(order.pin !== undefined && { pin: order.pin }), receipt }
    },
  )
  server.post(
    '/v1/orders/:sourceId/cancel',
    {
      schema: {
        tags: ['merchant'],
        params,
        body: Type.Union([Body({ cancelledAt: Type.Optional(InstantText) }), Type.Null()]),
        response: {
          200: Type.Object({
            outcome: Type.Enum(['cancelled', 'waits_for_order']),
            repeated: Type.Boolean(),
          }),
        },
      },
    },
    async (request) => {
      const cancelledAt = request.body?.cancelledAt
      return cancelOrder(app, {
        merchantId: merchantIdOf(request),
        orderSourceId: request.params.sourceId,
        ...(cancelledAt !== undefined && { cancelledAt: readInstant('cancelledAt', cancelledAt) }),
      })
    },
  )
  server.post(
    '/v1/orders/:sourceId/refunds',
    {
      schema: {
        tags: ['merchant'],
        params,
        body: Body({
          refundId: SourceId,
          amountMinor: AmountMinor,
          refundedAt: Type.Optional(InstantText),
        }),
        response: {
          200: Type.Object({
            outcome: Type.Enum(['refunded', 'waits_for_order']),
            repeated: Type.Boolean(),
          }),
        },
      },
    },
    async (request) => {
      const { refundedAt, ...refund } = request.body
      return refundOrder(app, {
        ...refund,
        merchantId: merchantIdOf(request),
        orderSourceId: request.params.sourceId,
        ...(refundedAt !== undefined && { refundedAt: readInstant('refundedAt', refundedAt) }),
      })
    },
  )
}

function incomingOf(sourceId: string, body: Static<typeof OrderBody>): IncomingOrder {
  const { placedAt, currency, totalMinor, customerRef, country, lines } = body
  const sum = lines.reduce((minor, { amountMinor }) => minor + amountMinor, 0)
  if (lines.length > 0 && sum !== totalMinor) {
    throw new AppError('ERR_AMOUNT_INVALID', 'The lines do not sum to the total.')
  }
  return {
    kind: 'order',
    sourceId,
    placedAt: readInstant('placedAt', placedAt),
    currency,
    totalMinor,
    ...(customerRef !== undefined && { customerRef }),
    ...(country !== undefined && { country }),
    lines: lines.map(({ kind = 'item', ...line }) => ({ ...line, kind })),
  }
}
