import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError, type ErrorCode } from '../../errors.ts'
import { proveShare } from '../../usecases/prove-share.ts'
import { revokeShare } from '../../usecases/revoke-share.ts'
import { type ShareRefusal, shareOffer } from '../../usecases/share-offer.ts'
import { showShare } from '../../usecases/show-share.ts'
import { Body, Id } from '../fields.ts'
import { perPerson } from '../limits.ts'
import { Share, ShareLinks } from '../schemas.ts'
import type { Server } from '../server.ts'
import { visitorOf } from '../who.ts'

const ShareReply = Type.Object({ share: Share, links: ShareLinks })
const ShareParams = Type.Object({ id: Id })
const OfMerchant = Type.Object({ merchantId: Id })
const Proof = Type.Object({
  shareId: Type.String(),
  status: Type.String(),
  seedHash: Type.String(),
  seed: Type.Optional(Type.String()),
  amountsMinor: Type.Optional(Type.Array(Type.Integer())),
  potMinor: Type.Optional(Type.Integer()),
  minMinor: Type.Optional(Type.Integer()),
  maxMinor: Type.Optional(Type.Integer()),
})

const REFUSALS: Record<ShareRefusal, readonly [ErrorCode, string]> = {
  not_holder: ['ERR_ORDER_NOT_FOUND', 'This is not an order of yours.'],
  order_cancelled: ['ERR_ORDER_CANCELLED', 'This order was cancelled.'],
  unknown_offer: ['ERR_OFFER_NOT_FOUND', 'There is no such offer.'],
  not_running: ['ERR_STATE_CONFLICT', 'This offer cannot be shared now.'],
  spent: ['ERR_SHARE_SPENT', 'This offer cannot be shared from this order any more.'],
}

/** Sharing an offer. @patent 1 6 */
export function shareRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/shares',
    {
      schema: {
        tags: ['people'],
        body: Body({ merchantId: Id, orderId: Id, offerId: Id }),
        response: { 200: ShareReply },
      },
      config: perPerson({ max: 20, timeWindow: '1 minute' }),
    },
    async (request) => {
      const { merchantId, orderId, offerId } = request.body
      const { personId } = visitorOf(request)
      const result = await shareOffer(app, { personId, order: { merchantId, orderId }, offerId })
      if (result.outcome === 'refused') throw new AppError(...REFUSALS[result.reason])
      return { share: result.share, links: result.links }
    },
  )
  server.get(
    '/v1/shares/:id',
    {
      schema: {
        tags: ['people'],
        params: ShareParams,
        querystring: OfMerchant,
        response: { 200: ShareReply },
      },
    },
    async (request) => {
      const shown = await showShare(app, {
        merchantId: request.query.merchantId,
        shareId: request.params.id,
      })
      if (!shown) throw new AppError('ERR_SHARE_NOT_FOUND', 'There is no such share.')
      return shown
    },
  )
  server.post(
    '/v1/shares/:id/revoke',
    {
      schema: {
        tags: ['people'],
        params: ShareParams,
        body: Body({ merchantId: Id }),
        response: {
          200: Type.Object({ outcome: Type.Enum(['revoked', 'already_over']), share: Share }),
        },
      },
    },
    async (request) => {
      const result = await revokeShare(app, {
        personId: visitorOf(request).personId,
        merchantId: request.body.merchantId,
        shareId: request.params.id,
      })
      if (result.outcome === 'not_yours')
        throw new AppError('ERR_SHARE_NOT_FOUND', 'There is no such share of yours.')
      return result
    },
  )
  server.get(
    '/v1/shares/:id/proof',
    {
      schema: {
        tags: ['people'],
        params: ShareParams,
        querystring: OfMerchant,
        response: { 200: Proof },
      },
    },
    async (request) => {
      const proof = await proveShare(app, request.query.merchantId, request.params.id)
      if (!proof) throw new AppError('ERR_SHARE_NOT_FOUND', 'There is no such share.')
      return proof
    },
  )
}
