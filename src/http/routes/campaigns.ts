import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError, type ErrorCode } from '../../errors.ts'
import { type ChangeRefusal, changeCampaign } from '../../usecases/change-campaign.ts'
import { changeTemplate, type TemplateRefusal } from '../../usecases/change-template.ts'
import { copyCampaign } from '../../usecases/copy-campaign.ts'
import { createCampaign } from '../../usecases/create-campaign.ts'
import { createVouchers, type VouchersRefusal } from '../../usecases/create-vouchers.ts'
import { type EditRefusal, editCampaign } from '../../usecases/edit-campaign.ts'
import { Id, readInstant } from '../fields.ts'
import { Campaign } from '../schemas.ts'
import type { Server } from '../server.ts'
import { tillOf } from '../who.ts'
import {
  CampaignBody,
  CampaignChangeBody,
  CopyBody,
  StatusBody,
  TemplateChangeBody,
  VouchersBody,
  WithKey,
} from './campaign-bodies.ts'

const params = Type.Object({ id: Id })

type Answer = readonly [ErrorCode, string]

const UNKNOWN: Answer = ['ERR_CAMPAIGN_NOT_FOUND', 'There is no such campaign.']
const OVER: Answer = ['ERR_STATE_CONFLICT', 'The campaign is over.']

const LEASTS_ABOVE_ALL: Answer = [
  'ERR_STATE_CONFLICT',
  'The least of all kinds of the campaign come to more than 100 %.',
]

const VOUCHER_REFUSALS: Record<VouchersRefusal, Answer> = {
  unknown_store: ['ERR_STORE_NOT_FOUND', 'There is no such store at this merchant.'],
  wrong_address: ['ERR_STORE_NOT_FOUND', 'The store has another address.'],
  unknown_campaign: UNKNOWN,
  no_campaign: ['ERR_CAMPAIGN_NOT_FOUND', 'There is no campaign to add vouchers to.'],
  campaign_stopped: ['ERR_STATE_CONFLICT', 'The campaign is stopped.'],
  other_store: ['ERR_STATE_CONFLICT', 'The campaign is not for this store.'],
  has_fallback: ['ERR_STATE_CONFLICT', 'The campaign has a preset voucher already.'],
  has_reward: ['ERR_STATE_CONFLICT', 'The campaign has a reward for sharers already.'],
  leasts_above_all: LEASTS_ABOVE_ALL,
}

const CHANGE_REFUSALS: Record<ChangeRefusal, Answer> = {
  unknown_campaign: UNKNOWN,
  stopped: ['ERR_STATE_CONFLICT', 'A stopped campaign stays stopped.'],
  draft: ['ERR_STATE_CONFLICT', 'The campaign has not started.'],
  no_vouchers: ['ERR_STATE_CONFLICT', 'The campaign has no vouchers but the preset one.'],
  no_reward: ['ERR_STATE_CONFLICT', 'The campaign rewards sharers and has no voucher for them.'],
  over: OVER,
}

const EDIT_REFUSALS: Record<EditRefusal, Answer> = {
  unknown_campaign: UNKNOWN,
  stopped: ['ERR_STATE_CONFLICT', 'A stopped campaign stays stopped.'],
  started: ['ERR_STATE_CONFLICT', 'The campaign has started: its start stays.'],
  ends_before_start: ['ERR_REQUEST_INVALID', 'A campaign must end after it starts.'],
  over: ['ERR_REQUEST_INVALID', 'A campaign must end in the future.'],
  hours_empty: ['ERR_REQUEST_INVALID', 'The hours begin and end at the same minute.'],
  stores_promised: [
    'ERR_STATE_CONFLICT',
    'The campaign has started: stores can be added, none taken away.',
  ],
  stores_of_vouchers: [
    'ERR_STATE_CONFLICT',
    'The campaign has vouchers for a store that is not among these.',
  ],
  below_used_budget: ['ERR_BELOW_USED', 'Of the budget is used, in minor units:'],
  below_used_vouchers: ['ERR_BELOW_USED', 'Vouchers given already:'],
  below_used_day_vouchers: ['ERR_BELOW_USED', 'Vouchers given today already:'],
  below_used_day_budget: ['ERR_BELOW_USED', 'Given today already, in minor units:'],
}

const TEMPLATE_REFUSALS: Record<TemplateRefusal, Answer> = {
  unknown_template: ['ERR_TEMPLATE_NOT_FOUND', 'There is no such kind of voucher.'],
  stopped: ['ERR_STATE_CONFLICT', 'The campaign is stopped.'],
  below_used_quantity: ['ERR_BELOW_USED', 'Vouchers given already:'],
  no_choice: [
    'ERR_REQUEST_INVALID',
    'How often it may be chosen is said of vouchers to choose from.',
  ],
  least_above_most: ['ERR_REQUEST_INVALID', 'The least must not be above the most.'],
  leasts_above_all: LEASTS_ABOVE_ALL,
}

const Changed = Type.Object({
  outcome: Type.Enum(['changed', 'unchanged']),
  campaign: Campaign,
})
const Created = {
  outcome: Type.Enum(['created', 'repeated']),
  campaignId: Type.String(),
}

/** What a merchant does with campaigns, as somebody of the staff or by their system. @patent 11 */
export function campaignRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/campaigns',
    {
      schema: {
        tags: ['staff'],
        headers: WithKey,
        body: CampaignBody,
        response: { 200: Type.Object(Created) },
      },
    },
    async (request) => {
      const { startsAt, endsAt, ...rest } = request.body
      return createCampaign(app, {
        ...rest,
        ...tillOf(request),
        ...(startsAt !== undefined && { startsAt: readInstant('startsAt', startsAt) }),
        endsAt: readInstant('endsAt', endsAt),
        idempotencyKey: request.headers['idempotency-key'],
      })
    },
  )
  server.patch(
    '/v1/campaigns/:id',
    {
      schema: {
        tags: ['staff'],
        params,
        headers: WithKey,
        body: CampaignChangeBody,
        response: { 200: Changed },
      },
    },
    async (request) => {
      const { merchantId: _, startsAt, endsAt, ...rest } = request.body
      const result = await editCampaign(app, {
        ...tillOf(request),
        campaignId: request.params.id,
        change: {
          ...rest,
          ...(startsAt !== undefined && { startsAt: readInstant('startsAt', startsAt) }),
          ...(endsAt !== undefined && { endsAt: readInstant('endsAt', endsAt) }),
        },
        requestId: request.headers['idempotency-key'],
      })
      if (result.outcome === 'refused') throw refusal(EDIT_REFUSALS[result.reason], result.used)
      return result
    },
  )
  server.post(
    '/v1/campaigns/:id/clone',
    {
      schema: {
        tags: ['staff'],
        params,
        headers: WithKey,
        body: CopyBody,
        response: { 200: Type.Object(Created) },
      },
    },
    async (request) => {
      const { startsAt, endsAt, name } = request.body ?? {}
      const result = await copyCampaign(app, {
        ...tillOf(request),
        campaignId: request.params.id,
        name,
        ...(startsAt !== undefined && { startsAt: readInstant('startsAt', startsAt) }),
        ...(endsAt !== undefined && { endsAt: readInstant('endsAt', endsAt) }),
        idempotencyKey: request.headers['idempotency-key'],
      })
      if (result.outcome === 'refused') throw refusal(UNKNOWN)
      return result
    },
  )
  server.post(
    '/v1/campaigns/:id/vouchers',
    {
      schema: {
        tags: ['staff'],
        params,
        headers: WithKey,
        body: VouchersBody,
        response: { 200: Type.Object({ ...Created, templateId: Type.String() }) },
      },
    },
    async (request) => {
      const { storeId, ...rest } = request.body
      const result = await createVouchers(app, {
        ...rest,
        ...tillOf(request),
        campaignId: request.params.id,
        storeSourceId: storeId,
        idempotencyKey: request.headers['idempotency-key'],
      })
      if (result.outcome === 'refused') throw refusal(VOUCHER_REFUSALS[result.reason])
      return result
    },
  )
  server.patch(
    '/v1/templates/:id',
    {
      schema: {
        tags: ['staff'],
        params,
        headers: WithKey,
        body: TemplateChangeBody,
        response: { 200: Changed },
      },
    },
    async (request) => {
      const { merchantId: _, ...change } = request.body
      const result = await changeTemplate(app, {
        ...tillOf(request),
        templateId: request.params.id,
        change,
        requestId: request.headers['idempotency-key'],
      })
      if (result.outcome === 'refused') throw refusal(TEMPLATE_REFUSALS[result.reason], result.used)
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
          tags: ['staff'],
          params,
          headers: WithKey,
          body: StatusBody,
          response: { 200: Changed },
        },
      },
      async (request) => {
        const result = await changeCampaign(app, {
          ...tillOf(request),
          campaignId: request.params.id,
          to,
          requestId: request.headers['idempotency-key'],
        })
        if (result.outcome === 'refused') throw refusal(CHANGE_REFUSALS[result.reason])
        return result
      },
    )
  }
}

function refusal([code, message]: Answer, used?: number): AppError {
  return new AppError(code, used === undefined ? message : `${message} ${used}.`)
}
