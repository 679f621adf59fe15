import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { holdVoucher, releaseHold } from '../../usecases/hold-voucher.ts'
import { AmountMinor, Body, Id, Line, Merchant, RequestId, StoreId } from '../fields.ts'
import { perPerson } from '../limits.ts'
import { Hold } from '../schemas.ts'
import type { Server } from '../server.ts'
import { redeemRefused } from '../till-refusals.ts'
import { tillOf } from '../who.ts'

/** A merchant's own codes have up to 64 characters; people put blanks and hyphens between. */
export const Code = Line(120)
export const TillStore = Type.Optional(StoreId)

const WEEK_SECONDS = 7 * 24 * 3600

/** An amount of a voucher, kept for a till while somebody pays. */
export function holdRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/holds',
    {
      schema: {
        tags: ['till'],
        body: Body({
          code: Code,
          amountMinor: Type.Optional(AmountMinor),
          storeId: TillStore,
          ttlSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: WEEK_SECONDS })),
          requestId: RequestId,
          merchantId: Merchant,
        }),
        response: {
          200: Type.Object({ outcome: Type.Enum(['held', 'repeated']), hold: Hold }),
        },
      },
      config: perPerson({ max: 120, timeWindow: '1 minute' }),
    },
    async (request) => {
      const { merchantId: _, ...asked } = request.body
      const result = await holdVoucher(app, { ...asked, ...tillOf(request) })
      if (result.outcome === 'refused') throw redeemRefused(result.reason, result.used)
      return result
    },
  )
  server.post(
    '/v1/holds/release',
    {
      schema: {
        tags: ['till'],
        description: 'Releasing twice releases once: the state of the hold decides.',
        body: Body({ holdId: Id, merchantId: Merchant }),
        response: {
          200: Type.Object({ outcome: Type.Enum(['released', 'unchanged']), hold: Hold }),
        },
      },
      config: perPerson({ max: 120, timeWindow: '1 minute' }),
    },
    async (request) => {
      const { merchantId } = tillOf(request)
      const result = await releaseHold(app, { merchantId, holdId: request.body.holdId })
      if (result.outcome === 'refused') throw redeemRefused(result.reason)
      return result
    },
  )
}
