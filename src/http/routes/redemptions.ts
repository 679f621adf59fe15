import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { SPENDING_REFUSALS } from '../../domain/spending.ts'
import { redeemVoucher } from '../../usecases/redeem-voucher.ts'
import { rollBackRedemption } from '../../usecases/roll-back-redemption.ts'
import { validateVoucher } from '../../usecases/validate-voucher.ts'
import {
  AmountMinor,
  Body,
  Currency,
  Id,
  InstantText,
  Line,
  Merchant,
  RequestId,
  readInstant,
  SourceId,
  Text,
} from '../fields.ts'
import { perPerson } from '../limits.ts'
import { Redemption, Rollback, Used, Voucher } from '../schemas.ts'
import type { Server } from '../server.ts'
import { redeemRefused, rollBackRefused } from '../till-refusals.ts'
import { tillOf } from '../who.ts'
import { Code, TillStore } from './holds.ts'

const order = {
  code: Code,
  amountMinor: Type.Optional(AmountMinor),
  orderMinor: Type.Optional(AmountMinor),
  currency: Type.Optional(Currency),
  storeId: TillStore,
  merchantId: Merchant,
}

/** Spending at the till: codes travel in bodies, never in a path. */
export function redemptionRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/validations',
    {
      schema: {
        tags: ['till'],
        description: 'What would be said of a voucher now, or at another time; nothing is changed.',
        body: Body({ ...order, now: Type.Optional(InstantText) }),
        response: {
          200: Type.Object({
            outcome: Type.Enum(['valid', ...SPENDING_REFUSALS]),
            voucher: Type.Optional(Voucher),
            amountMinor: Type.Optional(Type.Integer()),
            unusedMinor: Type.Optional(Type.Integer()),
            used: Type.Optional(Used),
          }),
        },
      },
      config: perPerson({ max: 120, timeWindow: '1 minute' }),
    },
    async (request) => {
      const { now, merchantId: _, ...asked } = request.body
      const at = now === undefined ? undefined : readInstant('now', now)
      return validateVoucher(app, { ...asked, ...tillOf(request), at })
    },
  )
  server.post(
    '/v1/redemptions',
    {
      schema: {
        tags: ['till'],
        body: Body({
          ...order,
          orderId: Type.Optional(SourceId),
          holdId: Type.Optional(Id),
          requestId: RequestId,
        }),
        response: {
          200: Type.Object({
            outcome: Type.Enum(['redeemed', 'repeated']),
            redemption: Redemption,
          }),
        },
      },
      config: perPerson({ max: 120, timeWindow: '1 minute' }),
    },
    async (request) => {
      const { merchantId: _, ...asked } = request.body
      const result = await redeemVoucher(app, { ...asked, ...tillOf(request) })
      if (result.outcome === 'refused') throw redeemRefused(result.reason, result.used)
      return result
    },
  )
  server.post(
    '/v1/redemptions/:id/rollbacks',
    {
      schema: {
        tags: ['till'],
        params: Type.Object({ id: Id }),
        body: Body({
          amountMinor: Type.Optional(AmountMinor),
          items: Type.Optional(
            Type.Array(
              Body({
                sku: Line(128),
                quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
              }),
              { minItems: 1, maxItems: 1000 },
            ),
          ),
          requestId: RequestId,
          reason: Type.Optional(Text(300)),
          merchantId: Merchant,
        }),
        response: {
          200: Type.Object({
            outcome: Type.Enum(['rolled_back', 'repeated']),
            redemption: Redemption,
            rollback: Rollback,
          }),
        },
      },
    },
    async (request) => {
      const { merchantId: _, ...asked } = request.body
      const result = await rollBackRedemption(app, {
        ...asked,
        ...tillOf(request),
        redemptionId: request.params.id,
      })
      if (result.outcome === 'refused') throw rollBackRefused(result.reason)
      return result
    },
  )
}
