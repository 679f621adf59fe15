import type { AppContext } from '../context.ts'
import { ALWAYS } from '../domain/campaign-terms.ts'
import type { CampaignView, VoucherKind } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Traits } from '../matching/features.ts'
import { campaignOf, campaignsOf } from '../store/campaigns.ts'
import { storeBySource } from '../store/stores.ts'
import { addTemplate, templateByKey } from '../store/templates.ts'
import { hashOfRequest } from './request-hash.ts'

export type VouchersRequest = {
  merchantId: string
  /** Left out: the merchant's newest campaign that is not stopped. */
  campaignId?: string | undefined
  /** The merchant's own id of the store where they are valid; left out: everywhere. */
  storeSourceId?: string | undefined
  /** Checked against the store's address when given. */
  storeAddress?: string | undefined
  name: string
  kind: VoucherKind
  percentBp?: number | undefined
  /** Amount, balance, item's price, or the most that a percentage takes off. */
  valueMinor: number
  minSpendMinor?: number | undefined
  quantity: number
  /** For people whom the shop does not know yet, and when nothing else is left. */
  isFallback?: boolean | undefined
  /** For sharers, as the campaign's terms say. */
  isReward?: boolean | undefined
  /** When it can be spent: bits of weekdays from Monday, minutes of the day; left out: always. */
  useWeekdays?: number | undefined
  useFromMinute?: number | undefined
  useToMinute?: number | undefined
  /** How often the model may choose it, in basis points; left out: as it finds best. */
  leastBp?: number | undefined
  mostBp?: number | undefined
  traits?: Traits | undefined
  /** `telegram:42` or `cli`; left out: the merchant's own system, `api`. */
  by?: string | undefined
  idempotencyKey?: string | undefined
}

export type VouchersRefusal =
  | 'unknown_store'
  | 'wrong_address'
  | 'unknown_campaign'
  | 'no_campaign'
  | 'campaign_stopped'
  | 'other_store'
  | 'has_fallback'
  | 'has_reward'
  | 'leasts_above_all'

/** 100 %. */
const ALL_BP = 10_000

type Created = { outcome: 'created' | 'repeated'; templateId: string; campaignId: string }

export type VouchersResult = Created | { outcome: 'refused'; reason: VouchersRefusal }

/**
 * Creates vouchers on a merchant's instruction: for a store by its id and address, so many of a kind.
 * They belong to a campaign; one kind of a campaign may be the preset one. What was created with this
 * key is answered whatever has become of store and campaign.
 *
 * @patent 11
 */
export async function createVouchers(
  app: AppContext,
  request: VouchersRequest,
): Promise<VouchersResult> {
  const { merchantId, idempotencyKey, by = 'api', ...asked } = request
  const requestHash = idempotencyKey && hashOfRequest([asked])
  const before = await createdBefore(app, request, requestHash)
  if (before) return before
  checkVouchers(request)
  const storeId = await storeIdOf(app, request)
  if (typeof storeId === 'object') return storeId
  const campaign = await campaignFor(app, request)
  if ('outcome' in campaign) return campaign
  const { campaignId, storeIds } = campaign
  if (storeId !== undefined && storeIds.length > 0 && !storeIds.includes(storeId)) {
    return { outcome: 'refused', reason: 'other_store' }
  }

  const id = newId('vtp')
  const { minSpendMinor = 0, isFallback = false, isReward = false, traits = {} } = request
  const added = await addTemplate(app.db, merchantId, {
    ...asked,
    id,
    campaignId,
    storeId,
    minSpendMinor,
    isFallback,
    isReward,
    use: {
      weekdays: request.useWeekdays ?? ALWAYS.weekdays,
      fromMinute: request.useFromMinute ?? ALWAYS.fromMinute,
      toMinute: request.useToMinute ?? ALWAYS.toMinute,
    },
    leastBp: request.leastBp ?? 0,
    mostBp: request.mostBp ?? ALL_BP,
    traits,
    changeId: newId('chg'),
    by,
    idempotencyKey,
    requestHash,
  })
  if (added) return { outcome: 'created', templateId: id, campaignId }
  const meanwhile = await createdBefore(app, request, requestHash)
  return meanwhile ?? { outcome: 'refused', reason: whyNotAdded(request) }
}

function whyNotAdded({ isFallback, isReward }: VouchersRequest): VouchersRefusal {
  if (isReward) return 'has_reward'
  return isFallback ? 'has_fallback' : 'leasts_above_all'
}

/** What the key has created; nothing where there is no key or it is new. */
async function createdBefore(
  app: AppContext,
  { merchantId, idempotencyKey }: VouchersRequest,
  requestHash: string | undefined,
): Promise<Created | undefined> {
  const first = idempotencyKey && (await templateByKey(app.db, merchantId, idempotencyKey))
  if (!first) return undefined
  if (first.requestHash === requestHash) {
    return { outcome: 'repeated', templateId: first.templateId, campaignId: first.campaignId }
  }
  throw new AppError(
    'ERR_IDEMPOTENCY_CONFLICT',
    'This Idempotency-Key was used for something else.',
  )
}

function checkVouchers(request: VouchersRequest): void {
  const { kind, percentBp, quantity, valueMinor, isFallback, isReward, leastBp = 0 } = request
  if (isFallback && isReward) {
    throw new AppError('ERR_REQUEST_INVALID', 'A preset voucher cannot be the reward too.')
  }
  if (leastBp > (request.mostBp ?? ALL_BP)) {
    throw new AppError('ERR_REQUEST_INVALID', 'The least must not be above the most.')
  }
  if ((isFallback || isReward) && (request.leastBp ?? request.mostBp) !== undefined) {
    throw new AppError(
      'ERR_REQUEST_INVALID',
      'How often it may be chosen is said of vouchers to choose from.',
    )
  }
  const { useFromMinute = ALWAYS.fromMinute, useToMinute = ALWAYS.toMinute } = request
  if (useFromMinute === useToMinute) {
    throw new AppError('ERR_REQUEST_INVALID', 'The hours begin and end at the same minute.')
  }
  if ((kind === 'percent_off') !== (percentBp !== undefined)) {
    throw new AppError(
      'ERR_REQUEST_INVALID',
      'A percentage needs a rate and the most that it takes off; nothing else has a rate.',
    )
  }
  if (!Number.isSafeInteger(valueMinor * quantity)) {
    throw new AppError(
      'ERR_AMOUNT_INVALID',
      'So many vouchers of so much are more than can be counted.',
    )
  }
}

async function storeIdOf(
  app: AppContext,
  request: VouchersRequest,
): Promise<string | undefined | VouchersResult> {
  const { merchantId, storeSourceId, storeAddress } = request
  if (storeSourceId === undefined) return undefined
  const store = await storeBySource(app.db, merchantId, storeSourceId)
  if (!store) return { outcome: 'refused', reason: 'unknown_store' }
  if (storeAddress !== undefined && !isSameAddress(storeAddress, store.address)) {
    return { outcome: 'refused', reason: 'wrong_address' }
  }
  return store.storeId
}

function isSameAddress(a: string, b: string): boolean {
  const plain = (address: string) => address.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return plain(a) === plain(b)
}

async function campaignFor(
  app: AppContext,
  request: VouchersRequest,
): Promise<CampaignView | VouchersResult> {
  const { merchantId, campaignId } = request
  if (campaignId === undefined) {
    const newest = (await campaignsOf(app.db, merchantId)).find(
      ({ status }) => status !== 'stopped',
    )
    return newest ?? { outcome: 'refused', reason: 'no_campaign' }
  }
  const campaign = await campaignOf(app.db, merchantId, campaignId)
  if (!campaign) return { outcome: 'refused', reason: 'unknown_campaign' }
  return campaign.status === 'stopped'
    ? { outcome: 'refused', reason: 'campaign_stopped' }
    : campaign
}
