import type { ClaimResult, VoucherKind } from '../domain/views.ts'
import type { PersonFeatures, Traits } from '../matching/features.ts'
import type { Database } from './database.ts'

/** A share, as far as a decision needs it. */
export type ShareFacts = {
  shareId: string
  campaignId: string
  status: string
  slots: number
  seed: string
}

/** A campaign with what there is to choose from. */
export type CampaignFacts = {
  campaignId: string
  merchantName: string
  currency: string
  zone: string
  mode: 'random' | 'matched'
  potMinor: number | null
  drawMinMinor: number | null
  drawMaxMinor: number | null
  templates: TemplateFacts[]
}

export type TemplateFacts = {
  id: string
  traits: Traits
  left: number
  isFallback: boolean
  name: string
  kind: VoucherKind
  percentBp?: number
  minSpendMinor: number
  storeName?: string
  storeAddress?: string
}

/** A person as this merchant knows them. */
export type KnownPerson = PersonFeatures & { personId: string }

export type ClaimFacts = {
  shares: ShareFacts[]
  campaigns: CampaignFacts[]
  people: KnownPerson[]
}

/** Reads what the decisions of a batch need. It decides nothing: the claim checks again. */
export async function claimFactsOf(
  db: Database,
  merchantId: string,
  shareIds: readonly string[],
  personIds: readonly string[],
): Promise<ClaimFacts> {
  const [shares, campaigns, people] = await Promise.all([
    sharesOf(db, merchantId, shareIds),
    campaignsOf(db, merchantId, shareIds),
    peopleOf(db, merchantId, personIds),
  ])
  return { shares, campaigns, people }
}

function sharesOf(
  db: Database,
  merchantId: string,
  shareIds: readonly string[],
): Promise<ShareFacts[]> {
  return db.run(
    ({ sql }) => sql<ShareFacts[]>`
      select id as share_id, campaign_id, status, slots, seed from shares
      where merchant_id = ${merchantId} and id = any (${shareIds as string[]})`,
  )
}

function campaignsOf(
  db: Database,
  merchantId: string,
  shareIds: readonly string[],
): Promise<CampaignFacts[]> {
  return db.run(
    ({ sql }) => sql<CampaignFacts[]>`
      select c.id as campaign_id, m.name as merchant_name, c.currency, c.zone, c.mode, c.pot_minor,
             c.draw_min_minor, c.draw_max_minor, t.templates
      from campaigns c
      join merchants m on m.id = c.merchant_id
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                 'id', v.id, 'traits', v.traits, 'left', v.quantity - v.issued,
                 'isFallback', v.is_fallback, 'name', v.name, 'kind', v.kind,
                 'percentBp', v.percent_bp, 'minSpendMinor', v.min_spend_minor,
                 'storeName', s.name, 'storeAddress', s.address)) order by v.id), '[]') as templates
        from voucher_templates v
        left join stores s on s.merchant_id = v.merchant_id and s.id = v.store_id
        where v.merchant_id = c.merchant_id and v.campaign_id = c.id
      ) t
      where c.merchant_id = ${merchantId} and c.id in (
        select campaign_id from shares
        where merchant_id = ${merchantId} and id = any (${shareIds as string[]})
      )`,
  )
}

/** What a merchant knows of people; nothing of whom it does not know. */
export function peopleOf(
  db: Database,
  merchantId: string,
  personIds: readonly string[],
): Promise<KnownPerson[]> {
  return db.run(
    ({ sql }) => sql<KnownPerson[]>`
      select person_id, tastes, orders_count, shares_count, claims_count, redemptions_count
      from customers
      where merchant_id = ${merchantId} and person_id = any (${personIds as string[]})`,
  )
}

/** What a claim is decided on, in words that are stored. */
export type Decision = {
  candidates: { id: string; score: number; probability: number }[]
  chosen_by: 'match' | 'draw' | 'fallback'
  propensity: number
  reasons: readonly unknown[]
  model: string
}

export type Ask = {
  claimId: string
  shareId: string
  personId: string
  /** The template chosen; null for a stranger, '' when nothing was left to choose from. */
  templateId: string | null
  decision: Decision
  voucherId: string
  code: string
}

/** What became of an ask. Template, worth and dates are there only for a new voucher. */
export type Claimed = {
  result: ClaimResult
  reason: string | null
  voucherId: string | null
  templateId: string | null
  valueMinor: number | null
  issuedAt: Date | null
  expiresAt: Date | null
}

/** Decides and writes a batch of claims of one merchant in one statement; answers in its order. @patent 1 9 10 */
export async function claimVouchers(
  db: Database,
  merchantId: string,
  asks: readonly Ask[],
): Promise<Claimed[]> {
  return db.run(
    ({ sql }) => sql<Claimed[]>`
      select * from claim_vouchers(
        ${merchantId},
        ${asks.map((ask) => ask.claimId)}::text[],
        ${asks.map((ask) => ask.shareId)}::text[],
        ${asks.map((ask) => ask.personId)}::text[],
        ${asks.map((ask) => ask.templateId) as string[]}::text[],
        ${asks.map((ask) => JSON.stringify(ask.decision))}::text[],
        ${asks.map((ask) => ask.voucherId)}::text[],
        ${asks.map((ask) => ask.code)}::text[]
      )`,
  )
}
