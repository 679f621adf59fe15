import type { ClaimResult } from '../domain/views.ts'
import type { PersonFeatures, Traits } from '../matching/features.ts'
import type { Database } from './database.ts'

/** What is to be chosen from, for one share. */
export type ShareChoices = {
  shareId: string
  campaignId: string
  status: string
  mode: 'random' | 'matched'
  slots: number
  seed: string
  potMinor: number | null
  drawMinMinor: number | null
  drawMaxMinor: number | null
  templates: { id: string; traits: Traits; left: number }[]
}

/** A person as this merchant knows them. */
export type KnownPerson = PersonFeatures & { personId: string }

/** Reads what the decisions of a batch need. It decides nothing: the claim checks again. */
export async function choicesOf(
  db: Database,
  merchantId: string,
  shareIds: readonly string[],
  personIds: readonly string[],
): Promise<{ shares: ShareChoices[]; people: KnownPerson[] }> {
  const [shares, people] = await Promise.all([
    db.run(
      ({ sql }) => sql<ShareChoices[]>`
        select s.id as share_id, s.campaign_id, s.status, c.mode, s.slots, s.seed, c.pot_minor,
               c.draw_min_minor, c.draw_max_minor, t.templates
        from shares s
        join campaigns c on c.merchant_id = s.merchant_id and c.id = s.campaign_id
        cross join lateral (
          select coalesce(jsonb_agg(jsonb_build_object(
                   'id', v.id, 'traits', v.traits, 'left', v.quantity - v.issued) order by v.id), '[]') as templates
          from voucher_templates v
          where v.merchant_id = s.merchant_id and v.campaign_id = s.campaign_id and not v.is_fallback
        ) t
        where s.merchant_id = ${merchantId} and s.id = any (${shareIds as string[]})`,
    ),
    db.run(
      ({ sql }) => sql<KnownPerson[]>`
        select person_id, tastes, orders_count, shares_count, claims_count, redemptions_count from customers
        where merchant_id = ${merchantId} and person_id = any (${personIds as string[]})`,
    ),
  ])
  return { shares, people }
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

export type Claimed = { result: ClaimResult; reason: string | null; voucherId: string | null }

/** Decides and writes a batch of claims of one merchant in one statement; answers in its order. @patent 1 9 10 */
export async function claimVouchers(
  db: Database,
  merchantId: string,
  asks: readonly Ask[],
): Promise<Claimed[]> {
  return db.run(
    ({ sql }) => sql<Claimed[]>`
      select result, reason, voucher_id from claim_vouchers(
        ${merchantId},
        ${asks.map((ask) => ask.claimId)}::text[],
        ${asks.map((ask) => ask.shareId)}::text[],
        ${asks.map((ask) => ask.personId)}::text[],
        ${asks.map((ask) => ask.templateId) as string[]}::text[],
        ${asks.map((ask) => JSON.stringify(ask.decision))}::text[],
        ${asks.map((ask) => ask.voucherId)}::text[],
        ${asks.map((ask) => ask.code)}::text[]
      ) order by ordinal`,
  )
}
