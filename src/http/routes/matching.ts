import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { changeMatching, resumeMatching } from '../../usecases/matching-settings.ts'
import { showMatching } from '../../usecases/show-matching.ts'
import { Body, ForMerchant, Merchant, RequestId } from '../fields.ts'
import { Matching, MatchingSettings } from '../schemas.ts'
import type { Server } from '../server.ts'
import { tillOf } from '../who.ts'

const WithKey = Type.Object({ 'idempotency-key': Type.Optional(RequestId) })
const Outcome = Type.Enum(['changed', 'unchanged'])
const MarginBp = Type.Integer({
  minimum: 1,
  maximum: 10_000,
  description: 'Basis points of an order’s value that are the merchant’s own',
})

/** How well the model does that chooses offers and vouchers. @patent 12 */
export function matchingReadingRoutes(server: Server, app: AppContext): void {
  server.get(
    '/v1/matching',
    {
      schema: { tags: ['staff'], querystring: ForMerchant, response: { 200: Matching } },
    },
    async (request) => showMatching(app, tillOf(request).merchantId),
  )
}

/** What a merchant tells the model. */
export function matchingRoutes(server: Server, app: AppContext): void {
  server.patch(
    '/v1/matching',
    {
      schema: {
        tags: ['staff'],
        description: 'What is left out stays; without a margin redemptions count and not money',
        headers: WithKey,
        body: Body({
          merchantId: Merchant,
          marginBp: Type.Optional(Type.Union([MarginBp, Type.Null()])),
          controlBp: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 5000,
              description: 'Basis points of people who get the preset one, to compare with',
            }),
          ),
          poolsLearning: Type.Optional(Type.Boolean()),
        }),
        response: { 200: Type.Object({ outcome: Outcome, settings: MatchingSettings }) },
      },
    },
    async (request) => {
      const { merchantId: _, ...change } = request.body
      return changeMatching(app, { ...asked(request), change })
    },
  )
  server.post(
    '/v1/matching/resume',
    {
      schema: {
        tags: ['staff'],
        description:
          'Lets a model decide again that was stopped since it did worse than the preset',
        headers: WithKey,
        body: Body({ merchantId: Merchant, point: Type.Enum(['offer', 'voucher']) }),
        response: { 200: Type.Object({ outcome: Outcome }) },
      },
    },
    async (request) => resumeMatching(app, { ...asked(request), point: request.body.point }),
  )
}

function asked(
  request: Parameters<typeof tillOf>[0] & { headers: { 'idempotency-key'?: string } },
) {
  return { ...tillOf(request), requestId: request.headers['idempotency-key'] }
}
