import type { AppContext } from '../context.ts'
import { endOfDay } from '../domain/days.ts'
import type { CampaignView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { copyCampaign as storeCopy } from '../store/campaign-copies.ts'
import { campaignByKey, campaignOf, campaignsOf } from '../store/campaigns.ts'
import { hashOfRequest } from './request-hash.ts'

export type CopyRequest = {
  merchantId: string
  campaignId: string
  /** Left out: the same with the next number behind it. */
  name?: string | undefined
  /** Left out: now, and as long as the other one, to the end of that day. */
  startsAt?: Date | undefined
  endsAt?: Date | undefined
  by?: string | undefined
  idempotencyKey?: string | undefined
}

export type CopyResult =
  | { outcome: 'created' | 'repeated'; campaignId: string }
  | { outcome: 'refused'; reason: 'unknown_campaign' }

/** Makes a draft of the same terms, vouchers and offer. */
export async function copyCampaign(app: AppContext, request: CopyRequest): Promise<CopyResult> {
  const { merchantId, campaignId, idempotencyKey, by = 'api', ...asked } = request
  const requestHash = hashOfRequest(['copy', campaignId, asked])
  const before = await copiedBefore(app, request, requestHash)
  if (before) return before
  const campaign = await campaignOf(app.db, merchantId, campaignId)
  if (!campaign) return { outcome: 'refused', reason: 'unknown_campaign' }

  const dates = datesOf(request, campaign, app.now())
  const id = newId('cmp')
  const others = (await campaignsOf(app.db, merchantId)).map(({ name }) => name)
  const copied = await storeCopy(app.db, merchantId, campaignId, {
    id,
    name: request.name ?? nextName(campaign.name, others),
    ...dates,
    templateIds: campaign.templates.map(() => newId('vtp')),
    offerIds: campaign.offers.map(() => newId('off')),
    changeId: newId('chg'),
    by,
    idempotencyKey,
    requestHash: idempotencyKey && requestHash,
  })
  if (copied) return { outcome: 'created', campaignId: id }
  const meanwhile = await copiedBefore(app, request, requestHash)
  if (!meanwhile) throw new AppError('ERR_BUSY', 'The campaign is being changed. Try again.')
  return meanwhile
}

async function copiedBefore(
  app: AppContext,
  { merchantId, idempotencyKey }: CopyRequest,
  requestHash: string,
): Promise<CopyResult | undefined> {
  const first = idempotencyKey && (await campaignByKey(app.db, merchantId, idempotencyKey))
  if (!first) return undefined
  if (first.requestHash === requestHash) {
    return { outcome: 'repeated', campaignId: first.campaignId }
  }
  throw new AppError(
    'ERR_IDEMPOTENCY_CONFLICT',
    'This Idempotency-Key was used for something else.',
  )
}

function datesOf(
  { startsAt, endsAt }: CopyRequest,
  like: CampaignView,
  now: Date,
): { startsAt: Date; endsAt: Date } {
  const start = startsAt ?? now
  const length = like.endsAt.getTime() - like.startsAt.getTime()
  const end = endsAt ?? endOfDay(new Date(start.getTime() + length), like.zone)
  if (end > start && end > now) return { startsAt: start, endsAt: end }
  throw new AppError('ERR_REQUEST_INVALID', 'A campaign must end after it starts, in the future.')
}

/** “Spring” is followed by “Spring 2”, that by “Spring 3”. */
function nextName(name: string, others: readonly string[]): string {
  const [, base = name, number = '1'] = /^(.+?) (\d{1,4})$/.exec(name) ?? []
  const taken = new Set(others.map((other) => other.toLowerCase()))
  let next = Number(number) + 1
  while (taken.has(`${base} ${next}`.toLowerCase())) next += 1
  return `${base.slice(0, 110)} ${next}`
}
