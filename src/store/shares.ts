import { and, eq } from 'drizzle-orm'
import type { ShareStatus } from '../domain/views.ts'
import type { Connection, Database } from './database.ts'
import { slots } from './schema/shares.ts'

export type StoredShare = {
  merchantId: string
  merchantName: string
  shareId: string
  campaignId: string
  offerId: string
  orderId: string
  sharerId: string
  status: ShareStatus
  slots: number
  taken: number
  reference: string
  seed: string
  seedHash: string
  expiresAt: Date
  createdAt: Date
  isOver: boolean
  title: string
  body: string
  mode: 'random' | 'matched'
  currency: string
  potMinor: number | null
  drawMinMinor: number | null
  drawMaxMinor: number | null
  /** The least and the most that a voucher of the campaign is worth, the preset one left aside. */
  fromMinor: number
  toMinor: number
}

export type NewShare = {
  id: string
  orderId: string
  offerId: string
  sharerId: string
  seed: string
  seedHash: string
  reference: string
  referenceDigest: string
}

/**
 * Makes a share of an offer from an order of the sharer's, as a draft. Pressing again finds the one that
 * is alive; once somebody has claimed from it, a stopped share is not followed by another. Answers its
 * id, or nothing when order, offer or campaign do not allow it.
 * @patent 1
 */
export async function addShare(
  db: Database,
  merchantId: string,
  share: NewShare,
): Promise<string | undefined> {
  const [added] = await db.run(
    ({ sql }) => sql<{ id: string }[]>`
      with alive as (
        select id from shares
        where merchant_id = ${merchantId} and order_id = ${share.orderId} and offer_id = ${share.offerId}
          and sharer_id = ${share.sharerId} and status in ('draft', 'open', 'exhausted')
      ), added as (
        insert into shares (
          merchant_id, id, campaign_id, offer_id, order_id, sharer_id, slots, seed, seed_hash, reference, expires_at
        )
        select f.merchant_id, ${share.id}, c.id, f.id, o.id, ${share.sharerId}, c.slots_per_share,
               ${share.seed}, ${share.seedHash}, ${share.reference},
               least(c.ends_at, clock_timestamp() + make_interval(secs => c.share_ttl_seconds))
        from offers f
        join campaigns c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
        join orders o on o.merchant_id = f.merchant_id and o.id = ${share.orderId}
        where f.merchant_id = ${merchantId} and f.id = ${share.offerId}
          and o.holder_id = ${share.sharerId} and o.status <> 'cancelled'
          and c.status = 'active' and c.starts_at <= clock_timestamp() and clock_timestamp() < c.ends_at
          and not exists (select 1 from alive)
          and not exists (
            select 1 from shares spent
            where spent.merchant_id = f.merchant_id and spent.order_id = o.id and spent.offer_id = f.id
              and spent.taken > 0
          )
        -- whoever is erased at this moment holds the order no more, and shares nothing
        for key share of o
        on conflict (merchant_id, order_id, offer_id) where status in ('draft', 'open', 'exhausted') do nothing
        returning merchant_id, id, campaign_id, expires_at
      ), referred as (
        insert into link_references (digest, merchant_id, kind, target_id, expires_at)
        select ${share.referenceDigest}, merchant_id, 'share', id, 'infinity' from added
      ), noted as (
        insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id)
        select merchant_id, 'offer_shared', id, ${share.sharerId}, campaign_id from added
      ), counted as (
        update customers set shares_count = shares_count + 1
        where merchant_id = ${merchantId} and person_id = ${share.sharerId} and exists (select 1 from added)
      )
      select id from added union all select id from alive`,
  )
  return added?.id
}

export async function shareOf(
  db: Database,
  merchantId: string,
  shareId: string,
): Promise<StoredShare | undefined> {
  const [share] = await db.run(
    ({ sql }) => sql<StoredShare[]>`
      ${selectShares(sql)} where s.merchant_id = ${merchantId} and s.id = ${shareId}`,
  )
  return share
}

/** A person's shares, newest first, at all their merchants. */
export async function sharesOf(db: Database, personId: string): Promise<StoredShare[]> {
  return db.run(
    ({ sql }) => sql<StoredShare[]>`
      ${selectShares(sql)}
      where s.merchant_id in (select merchant_id from memberships where person_id = ${personId})
        and s.sharer_id = ${personId}
      order by s.created_at desc, s.id desc limit 50`,
  )
}

/** Opens a share: its pot is reserved. Answers its status after that; still a draft when the budget is used up. */
export async function openShare(
  db: Database,
  merchantId: string,
  shareId: string,
  amounts: readonly number[],
): Promise<ShareStatus> {
  const [opened] = await db.run(
    ({ sql }) => sql<{ status: ShareStatus }[]>`
      select open_share(${merchantId}, ${shareId}, ${amounts.map(String)}::bigint[]) as status`,
  )
  return opened?.status ?? 'draft'
}

/** Ends a share and gives the rest of its pot back. Answers whether anything changed. */
export async function closeShare(
  db: Database,
  merchantId: string,
  shareId: string,
  as: 'revoked' | 'expired',
): Promise<boolean> {
  const [closed] = await db.run(
    ({ sql }) =>
      sql<{ changed: boolean }[]>`select close_share(${merchantId}, ${shareId}, ${as}) as changed`,
  )
  return closed?.changed ?? false
}

/** The random amounts of a share by position. */
export async function slotsOf(
  db: Database,
  merchantId: string,
  shareId: string,
): Promise<number[]> {
  const amounts = await db.run(({ orm }) =>
    orm
      .select({ amountMinor: slots.amountMinor })
      .from(slots)
      .where(and(eq(slots.merchantId, merchantId), eq(slots.shareId, shareId)))
      .orderBy(slots.position),
  )
  return amounts.map(({ amountMinor }) => amountMinor)
}

/** Shares that are due, and those of stopped campaigns. */
export async function sharesToClose(
  db: Database,
  limit: number,
): Promise<{ merchantId: string; shareId: string; as: 'revoked' | 'expired' }[]> {
  return db.run(
    ({ sql }) => sql<{ merchantId: string; shareId: string; as: 'revoked' | 'expired' }[]>`
      select s.merchant_id, s.id as share_id,
             case when c.status = 'stopped' then 'revoked' else 'expired' end as "as"
      from shares s join campaigns c on c.merchant_id = s.merchant_id and c.id = s.campaign_id
      where s.status in ('draft', 'open') and (s.expires_at <= clock_timestamp() or c.status = 'stopped')
      order by s.expires_at limit ${limit}`,
  )
}

function selectShares(sql: Connection['sql']) {
  return sql`
    select s.merchant_id, m.name as merchant_name, s.id as share_id, s.campaign_id, s.offer_id, s.order_id,
           s.sharer_id, s.slots, s.taken, s.reference, s.seed, s.seed_hash, s.expires_at, s.created_at,
           case when c.status = 'stopped' and s.status in ('draft', 'open') then 'revoked'
                when s.status in ('draft', 'open') and s.expires_at <= clock_timestamp() then 'expired'
                else s.status end as status,
           s.status in ('exhausted', 'expired', 'revoked') or s.expires_at <= clock_timestamp() as is_over,
           f.title, f.body, c.mode, c.currency, c.pot_minor, c.draw_min_minor, c.draw_max_minor,
           coalesce(c.draw_min_minor, worth.least, 0) as from_minor,
           coalesce(c.draw_max_minor, worth.most, 0) as to_minor
    from shares s
    join merchants m on m.id = s.merchant_id
    join offers f on f.merchant_id = s.merchant_id and f.id = s.offer_id
    join campaigns c on c.merchant_id = s.merchant_id and c.id = s.campaign_id
    left join lateral (
      select min(t.value_minor) as least, max(t.value_minor) as most from voucher_templates t
      where t.merchant_id = c.merchant_id and t.campaign_id = c.id and not t.is_fallback
    ) worth on true`
}
