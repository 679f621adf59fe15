import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError, type ErrorCode } from '../../errors.ts'
import { type ChangeRefusal, changeCampaign } from '../../usecases/change-campaign.ts'
import { createCampaign } from '../../usecases/create-campaign.ts'
import { createVouchers, type VouchersRefusal } from '../../usecases/create-vouchers.ts'
import { statsOf } from '../../usecases/show-stats.ts'
import {
  AmountMinor,
  Body,
  Id,
  InstantText,
  Line,
  RequestId,
  readInstant,
  StoreId,
  Text,
} from '../fields.ts'
import { Campaign } from '../schemas.ts'
import type { Server } from '../server.ts'
import { merchantIdOf } from '../who.ts'

const Name = Line(120)
const Traits = Type.Record(
  Type.String({ pattern: '^[a-z0-9_ -]{1,40}$' }),
  Type.Number({ minimum: 0, maximum: 1 }),
  {
    maxProperties: 50,
    additionalProperties: false,
  },
)
const WithKey = Type.Object({ 'idempotency-key': Type.Optional(RequestId) })
const params = Type.Object({ id: Id })

const CampaignBody = Body({
  name: Name,
  mode: Type.Enum(['random', 'matched']),
  zone: Type.String({ maxLength: 60, default: 'UTC' }),
  startsAt: Type.Optional(InstantText),
  endsAt: InstantText,
  budgetMinor: AmountMinor,
  slotsPerShare: Type.Integer({ minimum: 1, maximum: 100_000 }),
  potMinor: Type.Optional(AmountMinor),
  drawMinMinor: Type.Optional(AmountMinor),
  drawMaxMinor: Type.Optional(AmountMinor),
  shareTtlSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 90 * 24 * 3600 })),
  validDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 730 })),
  sharerMayClaim: Type.Optional(Type.Boolean()),
  claimScope: Type.Optional(Type.Enum(['campaign', 'share'])),
  offer: Body({
    title: Name,
    body: Type.Optional(Text(600)),
    fits: Type.Optional(
      Body({
        minTotalMinor: Type.Optional(AmountMinor),
        maxTotalMinor: Type.Optional(AmountMinor),
        categories: Type.Optional(Type.Array(Line(60), { minItems: 1, maxItems: 50 })),
        storeIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200 })),
      }),
    ),
    traits: Type.Optional(Traits),
  }),
})

const VouchersBody = Body({
  name: Name,
  kind: Type.Enum(['percent_off', 'amount_off', 'gift_balance', 'free_item']),
  percentBp: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  valueMinor: AmountMinor,
  minSpendMinor: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  quantity: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  isFallback: Type.Optional(Type.Boolean()),
  storeId: Type.Optional(StoreId),
  storeAddress: Type.Optional(Text(300)),
  traits: Type.Optional(Traits),
})

const VOUCHER_REFUSALS: Record<VouchersRefusal, readonly [ErrorCode, string]> = {
  unknown_store: ['ERR_STORE_NOT_FOUND', 'There is no such store at this merchant.'],
  wrong_address: ['ERR_STORE_NOT_FOUND', 'The store has another address.'],
  unknown_campaign: ['ERR_CAMPAIGN_NOT_FOUND', 'There is no such campaign.'],
  no_campaign: ['ERR_CAMPAIGN_NOT_FOUND', 'There is no campaign to add vouchers to.'],
  campaign_stopped: ['ERR_STATE_CONFLICT', 'The campaign is stopped.'],
  has_fallback: ['ERR_STATE_CONFLICT', 'The campaign has a preset voucher already.'],
}

const CHANGE_REFUSALS: Record<ChangeRefusal, readonly [ErrorCode, string]> = {
  unknown_campaign: ['ERR_CAMPAIGN_NOT_FOUND', 'There is no such campaign.'],
  stopped: ['ERR_STATE_CONFLICT', 'A stopped campaign stays stopped.'],
  draft: ['ERR_STATE_CONFLICT', 'The campaign has not started.'],
  no_vouchers: ['ERR_STATE_CONFLICT', 'The campaign has no vouchers but the preset one.'],
  over: ['ERR_STATE_CONFLICT', 'The campaign is over.'],
}

const Funnel = Type.Object({
  campaign: Campaign,
  ...Object.fromEntries(
    [
      'queried',
      'shown',
      'shared',
      'sharers',
      'opened',
      'claimed',
      'fallback',
      'refused',
      'redeemed',
      'rolledBack',
      'redeemedMinor',
      'issuedMinor',
    ].map((count) => [count, Type.Integer()]),
  ),
})

/** What a merchant's system does with campaigns. @patent 11 */
export function campaignRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/campaigns',
    {
      schema: {
        tags: ['merchant'],
        headers: WithKey,
        body: CampaignBody,
        response: {
          200: Type.Object({
            outcome: Type.Enum(['created', 'repeated']),
            campaignId: Type.String(),
          }),
        },
      },
    },
    async (request) => {
      const { startsAt, endsAt, ...rest } = request.body
      return createCampaign(app, {
        ...rest,
        merchantId: merchantIdOf(request),
        ...(startsAt !== undefined && { startsAt: readInstant('startsAt', startsAt) }),
        endsAt: readInstant('endsAt', endsAt),
        idempotencyKey: request.headers['idempotency-key'],
      })
    },
  )
  server.post(
    '/v1/campaigns/:id/vouchers',
    {
      schema: {
        tags: ['merchant'],
        params,
        headers: WithKey,
        body: VouchersBody,
        response: {
          200: Type.Object({
            outcome: Type.Enum(['created', 'repeated']),
            templateId: Type.String(),
            campaignId: Type.String(),
          }),
        },
      },
    },
    async (request) => {
      const { storeId, ...rest } = request.body
      const result = await createVouchers(app, {
        ...rest,
        merchantId: merchantIdOf(request),
        campaignId: request.params.id,
        storeSourceId: storeId,
        idempotencyKey: request.headers['idempotency-key'],
      })
      if (result.outcome === 'refused') throw new AppError(...VOUCHER_REFUSALS[result.reason])
      return result
    },
  )
  for (const [verb, to] of [
    ['activate', 'active'],
    ['pause', 'paused'],
    ['stop', 'stopped'],
  ] as const) {
    server.post(
      `/v1/campaigns/:id/${verb}`,
      {
        schema: {
          tags: ['merchant'],
          params,
          response: {
            200: Type.Object({ outcome: Type.Enum(['changed', 'unchanged']), campaign: Campaign }),
          },
        },
      },
      async (request) => {
        const result = await changeCampaign(app, {
          merchantId: merchantIdOf(request),
          campaignId: request.params.id,
          to,
        })
        if (result.outcome === 'refused') throw new AppError(...CHANGE_REFUSALS[result.reason])
        return result
      },
    )
  }
  server.get(
    '/v1/campaigns/:id/summary',
    { schema: { tags: ['merchant'], params, response: { 200: Funnel } } },
    async (request) => {
      const stats = await statsOf(app, {
        merchantId: merchantIdOf(request),
        campaignId: request.params.id,
      })
      if (!stats) throw new AppError('ERR_CAMPAIGN_NOT_FOUND', 'There is no such campaign.')
      return stats
    },
  )
}
