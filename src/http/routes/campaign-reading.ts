import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { campaignsOf } from '../../usecases/list-campaigns.ts'
import { changesOf } from '../../usecases/list-changes.ts'
import { previewOf } from '../../usecases/preview-campaign.ts'
import { statsOf } from '../../usecases/show-stats.ts'
import { ForMerchant, Id } from '../fields.ts'
import { Campaign, Change, Preview } from '../schemas.ts'
import type { Server } from '../server.ts'
import { merchantIdOf } from '../who.ts'

const params = Type.Object({ id: Id })

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

/** What a merchant sees of campaigns: how they stand, what they can cost, what became of them. */
export function campaignReadingRoutes(server: Server, app: AppContext): void {
  server.get(
    '/v1/campaigns',
    {
      schema: {
        tags: ['staff'],
        querystring: ForMerchant,
        response: { 200: Type.Object({ campaigns: Type.Array(Campaign) }) },
      },
    },
    async (request) => ({ campaigns: await campaignsOf(app, merchantIdOf(request)) }),
  )
  server.get(
    '/v1/campaigns/:id/preview',
    {
      schema: {
        tags: ['staff'],
        params,
        querystring: ForMerchant,
        response: { 200: Preview },
      },
    },
    async (request) =>
      found(
        await previewOf(app, {
          merchantId: merchantIdOf(request),
          campaignId: request.params.id,
        }),
      ),
  )
  server.get(
    '/v1/campaigns/:id/changes',
    {
      schema: {
        tags: ['staff'],
        params,
        querystring: ForMerchant,
        response: { 200: Type.Object({ changes: Type.Array(Change) }) },
      },
    },
    async (request) => ({
      changes: found(
        await changesOf(app, { merchantId: merchantIdOf(request), campaignId: request.params.id }),
      ),
    }),
  )
  server.get(
    '/v1/campaigns/:id/summary',
    {
      schema: {
        tags: ['staff'],
        params,
        querystring: ForMerchant,
        response: { 200: Funnel },
      },
    },
    async (request) =>
      found(
        await statsOf(app, { merchantId: merchantIdOf(request), campaignId: request.params.id }),
      ),
  )
}

function found<T>(what: T | undefined): T {
  if (what) return what
  throw new AppError('ERR_CAMPAIGN_NOT_FOUND', 'There is no such campaign.')
}
