import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import type { Judged } from '../../domain/fit-offer.ts'
import type { Rule } from '../../domain/rule.ts'
import { AppError, type ErrorCode } from '../../errors.ts'
import { type OfferTestResult, testOffers } from '../../usecases/test-offers.ts'
import {
  Body,
  Id,
  InstantText,
  Line,
  Merchant,
  OfferRule,
  readInstant,
  SourceId,
} from '../fields.ts'
import type { Server } from '../server.ts'
import { merchantIdOf } from '../who.ts'

const Words = (longest: number) => Type.Optional(Type.Array(Line(longest), { maxItems: 200 }))

const TestBody = Body({
  merchantId: Merchant,
  offerId: Type.Optional(Id),
  rule: Type.Optional(OfferRule),
  order: Body({
    sourceId: Type.Optional(SourceId),
    amountMinor: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    storeId: Type.Optional(Line(64)),
    items: Words(128),
    categories: Words(60),
    country: Type.Optional(Line(100)),
  }),
  person: Type.Optional(
    Body({
      language: Type.Optional(Type.Enum(['en', 'zh'])),
      isReturning: Type.Optional(Type.Boolean()),
      shares: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    }),
  ),
  now: Type.Optional(InstantText),
  dry: Type.Optional(Type.Literal(true, { description: 'It always is: a test writes nothing' })),
})

const Instead = 'What is left out is as it is stored; without sourceId it is an order thought of'

const Tested = Type.Object({
  offer: Type.Optional(
    Type.Object({ offerId: Type.String(), title: Type.String(), campaignName: Type.String() }),
  ),
  isShown: Type.Boolean({ description: 'Its rule fits and its campaign runs' }),
  fits: Type.Boolean(),
  notShown: Type.Optional(
    Type.Enum([
      'nothing_paid',
      'other_currency',
      'draft',
      'paused',
      'stopped',
      'not_begun',
      'over',
      'nothing_left',
    ]),
  ),
  rule: Type.Optional(Type.Unsafe<Rule>({ type: 'object', additionalProperties: true })),
  judged: Type.Optional(
    Type.Unsafe<Judged>({
      type: 'object',
      additionalProperties: true,
      description:
        'Part by part: {by: all, any, not or condition, fits, isDecisive, parts or condition and found}. ' +
        'The decisive conditions are those on which the outcome rests.',
    }),
  ),
})

const REFUSALS: Record<
  Extract<OfferTestResult, { outcome: 'refused' }>['reason'],
  readonly [ErrorCode, string]
> = {
  unknown_order: ['ERR_ORDER_NOT_FOUND', 'There is no such order at this merchant.'],
  unknown_offer: ['ERR_OFFER_NOT_FOUND', 'There is no such offer at this merchant.'],
  unknown_store: ['ERR_STORE_NOT_FOUND', 'There is no such store at this merchant.'],
}

/** Which order shows which offers, and why not. @patent 2 3 */
export function offerRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/offers/test',
    {
      schema: {
        tags: ['staff'],
        description: `Holds one offer, a rule or all offers against an order. ${Instead}. Writes nothing.`,
        body: TestBody,
        response: {
          200: Type.Object({ dry: Type.Literal(true), offers: Type.Array(Tested) }),
        },
      },
    },
    async (request) => {
      const { now, dry, ...test } = request.body
      const opened = now === undefined ? undefined : readInstant('now', now)
      const result = await testOffers(app, {
        ...test,
        merchantId: merchantIdOf(request),
        ...(opened && { at: () => opened }),
      })
      if (result.outcome === 'refused') throw new AppError(...REFUSALS[result.reason])
      return { dry: true as const, offers: result.offers }
    },
  )
}
