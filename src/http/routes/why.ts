import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { explainOffer } from '../../usecases/explain-offer.ts'
import {
  type Explained,
  explainCode,
  explainToShop,
  explainVoucher,
} from '../../usecases/explain-voucher.ts'
import { Body, Id, Merchant } from '../fields.ts'
import { perPerson } from '../limits.ts'
import type { Server } from '../server.ts'
import { redeemRefused } from '../till-refusals.ts'
import { tillOf, visitorOf } from '../who.ts'
import { Code } from './holds.ts'

const Said = Type.Object({ en: Type.String(), zh: Type.String() })
const Chance = Type.Number({ minimum: 0, maximum: 1 })
const candidate = { name: Type.String(), chance: Chance, isChosen: Type.Boolean() }
const why = {
  point: Type.Enum(['offer', 'voucher']),
  by: Type.Enum([
    'match',
    'draw',
    'random',
    'only',
    'control',
    'not_personal',
    'stranger',
    'preset',
    'stop_loss',
    'reward',
  ]),
  said: Said,
  model: Type.String({ description: 'Which state of which model; empty where none was asked' }),
  chance: Chance,
  reasons: Type.Array(
    Type.Object({
      feature: Type.String(),
      high: Type.Boolean(),
      points: Type.Optional(
        Type.Integer({
          description:
            'Percentage points by which a redemption, of an offer one by a friend, was thought likelier',
        }),
      ),
      said: Said,
    }),
  ),
}
const Why = Type.Object({ ...why, candidates: Type.Array(Type.Object(candidate)) })
const MerchantWhy = Type.Object({
  ...why,
  lambda: Type.Optional(
    Type.Number({ description: 'What a unit of the budget had to bring, so that it lasts' }),
  ),
  candidates: Type.Array(
    Type.Object({
      ...candidate,
      expected: Type.Optional(
        Type.Number({ description: 'How likely a redemption was thought to be' }),
      ),
    }),
  ),
})

const params = Type.Object({ id: Id })

/** Why somebody got their voucher, and why an offer came first for their order. */
export function ownWhyRoutes(server: Server, app: AppContext): void {
  server.get(
    '/v1/me/vouchers/:id/why',
    { schema: { tags: ['people'], params, response: { 200: Why } } },
    async (request) => {
      const { personId } = visitorOf(request)
      return whyIn(
        await explainVoucher(app, { voucherId: request.params.id, personId }),
        NO_VOUCHER,
      )
    },
  )
  server.get(
    '/v1/me/orders/:id/why',
    {
      schema: {
        tags: ['people'],
        description: 'Why the offer came first that was shown first for this order.',
        params,
        response: { 200: Why },
      },
    },
    async (request) => {
      const { personId } = visitorOf(request)
      return whyIn(await explainOffer(app, { orderId: request.params.id, personId }), NO_ORDER)
    },
  )
}

/** The same for the merchant. Codes travel in bodies, never in a path. */
export function whyRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/decisions/why',
    {
      schema: {
        tags: ['staff'],
        description:
          'Why the holder of the voucher with this code, or of this id, got this one. Nothing is changed.',
        body: Type.Union([
          Body({ code: Code, merchantId: Merchant }),
          Body({ voucherId: Id, merchantId: Merchant }),
        ]),
        response: { 200: MerchantWhy },
      },
      config: perPerson({ max: 60, timeWindow: '1 minute' }),
    },
    async (request) => {
      const { body } = request
      const till = tillOf(request)
      const explained = await ('voucherId' in body
        ? explainToShop(app, { ...till, voucherId: body.voucherId })
        : explainCode(app, { ...till, code: body.code }))
      if (explained.outcome === 'unknown_code' || explained.outcome === 'code_mistyped')
        throw redeemRefused(explained.outcome)
      return whyIn(explained, NO_VOUCHER)
    },
  )
}

type Missing = ConstructorParameters<typeof AppError>
const NO_VOUCHER: Missing = ['ERR_VOUCHER_NOT_FOUND', 'There is no such voucher.']
const NO_ORDER: Missing = ['ERR_ORDER_NOT_FOUND', 'There is no such order.']

function whyIn<View>(explained: Explained<View>, missing: Missing): View {
  if (explained.outcome === 'explained') return explained.why
  if (explained.outcome === 'not_found') throw new AppError(...missing)
  throw new AppError('ERR_DECISION_NOT_FOUND', 'Why it was chosen is not known any more.')
}
