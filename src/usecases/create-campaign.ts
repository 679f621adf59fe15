import type { AppContext } from '../context.ts'
import {
  type CampaignTerms,
  faultOfTerms,
  type TermsFault,
  USUAL_TERMS,
} from '../domain/campaign-terms.ts'
import type { Rule } from '../domain/rule.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Traits } from '../matching/features.ts'
import { addCampaign, campaignByKey } from '../store/campaigns.ts'
import { merchantOf } from '../store/merchants.ts'
import { checkZone } from './add-store.ts'
import { checkOfferRule } from './check-offer-rule.ts'
import { checkStores } from './check-stores.ts'
import { hashOfRequest } from './request-hash.ts'

export type CampaignRequest = Left<CampaignTerms> & {
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
    /** Which orders it is for; left out: every order that was paid. */
    rule?: Rule | undefined
    traits?: Traits | undefined
  }
  /** `telegram:42` or `cli`; left out: the merchant's own system, `api`. */
  by?: string | undefined
  idempotencyKey?: string | undefined
}

/** What may be left out or undefined. */
type Left<T> = { [K in keyof T]?: T[K] | undefined }

const WEEK_SECONDS = 7 * 24 * 3600
const MONTH_DAYS = 30

type Created = { outcome: 'created' | 'repeated'; campaignId: string }

/**
 * Makes a campaign as a draft, with its offer. What cannot work is refused before anything is written;
 * what was made with this key is answered whatever the time is now.
 */
export async function createCampaign(app: AppContext, request: CampaignRequest): Promise<Created> {
  const { merchantId, idempotencyKey, offer, by = 'api', ...rest } = request
  const requestHash = idempotencyKey && hashOfRequest([rest, offer])
  const before = await createdBefore(app, request, requestHash)
  if (before) return before
  const merchant = await merchantOf(app.db, merchantId)
  if (!merchant) throw new AppError('ERR_MERCHANT_NOT_FOUND', 'There is no such merchant.')
  const startsAt = request.startsAt ?? app.now()
  checkCampaign(request, startsAt, app.now())
  const claimScope = request.claimScope ?? (request.personLimit ? 'share' : 'campaign')
  const terms = termsOf(request)
  checkTerms(terms, claimScope)
  await checkStores(app, merchantId, terms.storeIds)
  await checkOfferRule(app, merchantId, offer.rule)

  const id = newId('cmp')
  const added = await addCampaign(app.db, merchantId, {
    shareTtlSeconds: WEEK_SECONDS,
    validDays: MONTH_DAYS,
    sharerMayClaim: true,
    ...withoutUndefined(rest),
    claimScope,
    terms,
    startsAt,
    id,
    currency: merchant.currency,
    offer: { id: newId('off'), body: '', rule: null, traits: {}, ...withoutUndefined(offer) },
    changeId: newId('chg'),
    by,
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

/** The terms of a request, the usual ones where it says nothing. */
function termsOf(request: Left<CampaignTerms>): CampaignTerms {
  const names = Object.keys(USUAL_TERMS) as (keyof CampaignTerms)[]
  const given = names.filter((name) => request[name] !== undefined)
  return { ...USUAL_TERMS, ...Object.fromEntries(given.map((name) => [name, request[name]])) }
}

/** @throws AppError when these terms cannot hold together */
export function checkTerms(terms: CampaignTerms, claimScope: 'campaign' | 'share'): void {
  const fault = faultOfTerms(terms, claimScope)
  if (fault) throw invalid(TERMS_FAULTS[fault])
}

const TERMS_FAULTS: Record<TermsFault, string> = {
  period_missing: 'A limit for each person needs a number and a period.',
  limit_needs_share_scope:
    'A limit for each person is for campaigns that give one voucher a share (claimScope: share).',
  reward_half: 'A reward needs to say after how many, and of what: claims or redemptions.',
  hours_empty: 'The hours begin and end at the same minute.',
  day_above_all: 'There cannot be more vouchers in a day than in all.',
}

function invalid(message: string): AppError {
  return new AppError('ERR_REQUEST_INVALID', message)
}

/** The same without what is undefined, so that it overwrites nothing. */
export function withoutUndefined<T extends object>(
  given: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
