import type { AppContext } from '../context.ts'
import type { Fits } from '../domain/fit-offer.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Traits } from '../matching/features.ts'
import { addCampaign, campaignByKey } from '../store/campaigns.ts'
import { merchantOf } from '../store/merchants.ts'
import { checkZone } from './add-store.ts'
import { hashOfRequest } from './request-hash.ts'

export type CampaignRequest = {
  merchantId: string
  name: string
  mode: 'random' | 'matched'
  zone: string
  /** Left out: now. */
  startsAt?: Date | undefined
  endsAt: Date
  budgetMinor: number
  slotsPerShare: number
  /** For random amounts: what one share gives away, and the least and most of one part. */
  potMinor?: number | undefined
  drawMinMinor?: number | undefined
  drawMaxMinor?: number | undefined
  shareTtlSeconds?: number | undefined
  validDays?: number | undefined
  sharerMayClaim?: boolean | undefined
  claimScope?: 'campaign' | 'share' | undefined
  offer: {
    title: string
    body?: string | undefined
    fits?: Fits | undefined
    traits?: Traits | undefined
  }
  idempotencyKey?: string | undefined
}

const WEEK_SECONDS = 7 * 24 * 3600
const MONTH_DAYS = 30

type Created = { outcome: 'created' | 'repeated'; campaignId: string }

/**
 * Makes a campaign as a draft, with its offer. What cannot work is refused before anything is written;
 * what was made with this key is answered whatever the time is now.
 */
export async function createCampaign(app: AppContext, request: CampaignRequest): Promise<Created> {
  const { merchantId, idempotencyKey, offer, ...rest } = request
  const requestHash = idempotencyKey && hashOfRequest([rest, offer])
  const before = await createdBefore(app, request, requestHash)
  if (before) return before
  const merchant = await merchantOf(app.db, merchantId)
  if (!merchant) throw new AppError('ERR_MERCHANT_NOT_FOUND', 'There is no such merchant.')
  const startsAt = request.startsAt ?? app.now()
  checkCampaign(request, startsAt, app.now())

  const id = newId('cmp')
  const added = await addCampaign(app.db, merchantId, {
    shareTtlSeconds: WEEK_SECONDS,
    validDays: MONTH_DAYS,
    sharerMayClaim: true,
    claimScope: 'campaign',
    ...withoutUndefined(rest),
    startsAt,
    id,
    currency: merchant.currency,
    offer: { id: newId('off'), body: '', fits: {}, traits: {}, ...withoutUndefined(offer) },
    idempotencyKey,
    requestHash,
  })
  if (added) return { outcome: 'created', campaignId: id }
  const meanwhile = await createdBefore(app, request, requestHash)
  if (!meanwhile) throw new AppError('ERR_INTERNAL', 'The campaign was not made.')
  return meanwhile
}

/** What the key has made; nothing where there is no key or it is new. */
async function createdBefore(
  app: AppContext,
  { merchantId, idempotencyKey }: CampaignRequest,
  requestHash: string | undefined,
): Promise<Created | undefined> {
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

function checkCampaign(request: CampaignRequest, startsAt: Date, now: Date): void {
  checkZone(request.zone)
  if (request.endsAt <= startsAt) throw invalid('A campaign must end after it starts.')
  if (request.endsAt <= now) throw invalid('A campaign must end in the future.')
  const { potMinor, drawMinMinor, drawMaxMinor, slotsPerShare, budgetMinor } = request
  if (request.mode === 'matched') {
    if (potMinor !== undefined || drawMinMinor !== undefined || drawMaxMinor !== undefined) {
      throw invalid('Only a campaign of random amounts has a pot.')
    }
    return
  }
  if (potMinor === undefined || drawMinMinor === undefined || drawMaxMinor === undefined) {
    throw invalid('A campaign of random amounts needs a pot, a least and a most amount.')
  }
  if (drawMinMinor * slotsPerShare > potMinor || drawMaxMinor * slotsPerShare < potMinor) {
    throw invalid(
      'The pot cannot be split into so many parts between the least and the most amount.',
    )
  }
  if (potMinor > budgetMinor) throw invalid('The budget must hold at least one pot.')
}

function invalid(message: string): AppError {
  return new AppError('ERR_REQUEST_INVALID', message)
}

function withoutUndefined<T extends object>(
  given: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
