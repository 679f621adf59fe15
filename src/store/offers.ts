import type { Fits } from '../domain/fit-offer.ts'
import type { Traits } from '../matching/features.ts'
import type { Database } from './database.ts'

export type StoredOffer = {
  offerId: string
  campaignId: string
  title: string
  body: string
  fits: Fits
  traits: Traits
  mode: 'random' | 'matched'
  currency: string
  slots: number
  fromMinor: number
  toMinor: number
  endsAt: Date
}

/** The offers of a merchant's running campaigns that have something left to give. */
export async function runningOffersOf(db: Database, merchantId: string): Promise<StoredOffer[]> {
  return db.run(
    ({ sql }) => sql<StoredOffer[]>`
      select f.id as offer_id, f.campaign_id, f.title, f.body, f.fits, f.traits, c.mode, c.currency,
             c.slots_per_share as slots,
             coalesce(c.draw_min_minor, worth.least) as from_minor,
             coalesce(c.draw_max_minor, worth.most) as to_minor,
             least(c.ends_at, clock_timestamp() + make_interval(secs => c.share_ttl_seconds)) as ends_at
      from offers f
      join campaigns c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
      cross join lateral (
        select min(t.value_minor) as least, max(t.value_minor) as most from voucher_templates t
        where t.merchant_id = c.merchant_id and t.campaign_id = c.id and not t.is_fallback
          and t.issued < t.quantity
      ) worth
      where f.merchant_id = ${merchantId} and c.status = 'active'
        and c.starts_at <= clock_timestamp() and clock_timestamp() < c.ends_at
        and c.reserved_minor + c.issued_minor + coalesce(c.pot_minor, worth.least) <= c.budget_minor
      order by f.id limit 200`,
  )
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
