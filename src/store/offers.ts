import type { Rule } from '../domain/rule.ts'
import type { CampaignStatus, Language } from '../domain/views.ts'
import type { Traits } from '../matching/features.ts'
import type { Database } from './database.ts'

export type StoredOffer = {
  offerId: string
  campaignId: string
  title: string
  body: string
  rule: Rule | null
  traits: Traits
  mode: 'random' | 'matched'
  currency: string
  slots: number
  fromMinor: number
  toMinor: number
  endsAt: Date
  validDays: number
}

/** The offers of a merchant's running campaigns that have something left to give. */
export async function runningOffersOf(db: Database, merchantId: string): Promise<StoredOffer[]> {
  return db.run(
    ({ sql }) => sql<StoredOffer[]>`
      select f.id as offer_id, f.campaign_id, f.title, f.body, f.rule, f.traits, c.mode, c.currency,
             c.slots_per_share as slots,
             coalesce(c.draw_min_minor, worth.least) as from_minor,
             coalesce(c.draw_max_minor, worth.most) as to_minor,
             least(c.ends_at, clock_timestamp() + make_interval(secs => c.share_ttl_seconds)) as ends_at,
             c.valid_days
      from offers f
      join campaigns c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
      cross join lateral (
        select min(t.value_minor) as least, max(t.value_minor) as most from voucher_templates t
        where t.merchant_id = c.merchant_id and t.campaign_id = c.id and not t.is_fallback and not t.is_reward
          and t.issued < t.quantity and (not t.has_own_codes or t.codes_taken < t.codes_made)
      ) worth
      where f.merchant_id = ${merchantId} and c.status = 'active'
        and c.starts_at <= clock_timestamp() and clock_timestamp() < c.ends_at
        and c.reserved_minor + c.issued_minor + coalesce(c.pot_minor, worth.least) <= c.budget_minor
      order by f.id limit 200`,
  )
}

/** An offer with what else decides whether it is shown. */
export type OfferToTest = {
  offerId: string
  campaignId: string
  campaignName: string
  title: string
  rule: Rule | null
  currency: string
  status: CampaignStatus
  startsAt: Date
  endsAt: Date
  /** Whether its campaign has something left to give. */
  hasRest: boolean
}

/** The offers of a merchant's campaigns that are not stopped, newest first; or the one of this id. */
export async function offersToTest(
  db: Database,
  merchantId: string,
  offerId?: string,
): Promise<OfferToTest[]> {
  return db.run(
    ({ sql }) => sql<OfferToTest[]>`
      select f.id as offer_id, f.campaign_id, c.name as campaign_name, f.title, f.rule, c.currency, c.status,
             c.starts_at, c.ends_at,
             exists (
               select from voucher_templates t
               where t.merchant_id = c.merchant_id and t.campaign_id = c.id and not t.is_fallback
                 and not t.is_reward and t.issued < t.quantity
                 and (not t.has_own_codes or t.codes_taken < t.codes_made)
                 and c.reserved_minor + c.issued_minor + coalesce(c.pot_minor, t.value_minor) <= c.budget_minor
             ) as has_rest
      from offers f
      join campaigns c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
      where f.merchant_id = ${merchantId}
        and (f.id = ${offerId ?? null} or (${offerId === undefined} and c.status <> 'stopped'))
      order by f.id desc limit 50`,
  )
}

/** What rules ask of a person at one merchant. */
export type Shopper = { language: Language | null; ordersCount: number; sharesCount: number }

export async function shopperOf(
  db: Database,
  merchantId: string,
  personId: string,
): Promise<Shopper> {
  const [shopper] = await db.run(
    ({ sql }) => sql<Shopper[]>`
      select p.language, coalesce(c.orders_count, 0) as orders_count, coalesce(c.shares_count, 0) as shares_count
      from (values (${personId})) asked (id)
      left join people p on p.id = asked.id
      left join customers c on c.merchant_id = ${merchantId} and c.person_id = asked.id`,
  )
  return shopper ?? { language: null, ordersCount: 0, sharesCount: 0 }
}

/** Whether the campaign of an offer runs now; nothing when there is no such offer. */
export async function isRunning(
  db: Database,
  merchantId: string,
  offerId: string,
): Promise<boolean | undefined> {
  const [offer] = await db.run(
    ({ sql }) => sql<{ running: boolean }[]>`
      select c.status = 'active' and c.starts_at <= clock_timestamp()
             and clock_timestamp() < c.ends_at as running
      from offers f
      join campaigns c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
      where f.merchant_id = ${merchantId} and f.id = ${offerId}`,
  )
  return offer?.running
}
