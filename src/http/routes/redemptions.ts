import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError, type ErrorCode } from '../../errors.ts'
import { type RedeemRefusal, redeemVoucher } from '../../usecases/redeem-voucher.ts'
import { type RollBackRefusal, rollBackRedemption } from '../../usecases/roll-back-redemption.ts'
import { validateVoucher } from '../../usecases/validate-voucher.ts'
import { AmountMinor, Body, Id, Line, RequestId, Text } from '../fields.ts'
import { perPerson } from '../limits.ts'
import { Redemption, Voucher } from '../schemas.ts'
import type { Server } from '../server.ts'
import { tillOf } from '../who.ts'

const Code = Line(40)
const Merchant = Type.Optional(Id)

const REDEEM_REFUSALS: Record<RedeemRefusal, readonly [ErrorCode, string]> = {
  unknown_code: ['ERR_VOUCHER_NOT_FOUND', 'There is no voucher with this code.'],
  amount_required: ['ERR_AMOUNT_INVALID', 'A percentage needs the amount that it took off.'],
  already_redeemed: ['ERR_VOUCHER_ALREADY_REDEEMED', 'This voucher was used'],
  expired: ['ERR_VOUCHER_EXPIRED', 'This voucher has expired.'],
  revoked: ['ERR_VOUCHER_REVOKED', 'This voucher was withdrawn.'],
  held: ['ERR_VOUCHER_HELD', 'This voucher is being checked.'],
  amount_exceeds_balance: ['ERR_AMOUNT_EXCEEDS_BALANCE', 'The voucher does not hold so much.'],
}

const ROLL_BACK_REFUSALS: Record<RollBackRefusal, readonly [ErrorCode, string]> = {
  unknown_redemption: ['ERR_REDEMPTION_NOT_FOUND', 'There is no such redemption.'],
  nothing_left: ['ERR_NOTHING_TO_ROLL_BACK', 'This redemption was rolled back already.'],
  amount_exceeds_redemption: ['ERR_AMOUNT_EXCEEDS_REDEMPTION', 'The redemption was for less.'],
}

/** Spending at the till: codes travel in bodies, never in a path. */
export function redemptionRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/validations',
    {
      schema: {
        tags: ['till'],
        body: Body({ code: Code, merchantId: Merchant }),
        response: {
          200: Type.Object({
            outcome: Type.Enum([
              'valid',
              'unknown_code',
              'already_redeemed',
              'expired',
              'revoked',
              'held',
            ]),
            voucher: Type.Optional(Voucher),
          }),
        },
      },
      config: perPerson({ max: 120, timeWindow: '1 minute' }),
    },
    async (request) =>
      validateVoucher(app, { merchantId: tillOf(request).merchantId, code: request.body.code }),
  )
  server.post(
    '/v1/redemptions',
    {
      schema: {
        tags: ['till'],
        body: Body({
          code: Code,
          amountMinor: Type.Optional(AmountMinor),
          requestId: RequestId,
          merchantId: Merchant,
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
      const { code, amountMinor, requestId } = request.body
      const result = await redeemVoucher(app, { ...tillOf(request), code, amountMinor, requestId })
      if (result.outcome === 'refused') {
        const [errorCode, message] = REDEEM_REFUSALS[result.reason]
        throw new AppError(
          errorCode,
          result.usedAt ? `${message} at ${result.usedAt.toISOString()}.` : message,
        )
      }
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
          requestId: RequestId,
          reason: Type.Optional(Text(300)),
          merchantId: Merchant,
        }),
        response: {
          200: Type.Object({
            outcome: Type.Enum(['rolled_back', 'repeated']),
            redemption: Redemption,
          }),
        },
      },
    },
    async (request) => {
      const { amountMinor, requestId, reason } = request.body
      const result = await rollBackRedemption(app, {
        ...tillOf(request),
        redemptionId: request.params.id,
        amountMinor,
        requestId,
        reason,
      })
      if (result.outcome === 'refused') throw new AppError(...ROLL_BACK_REFUSALS[result.reason])
      return result
    },
  )
}
