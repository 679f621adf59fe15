import type { Hours } from '../domain/campaign-terms.ts'
import type { ClaimResult, VoucherKind } from '../domain/views.ts'
import type { PersonFacts, Traits } from '../matching/features.ts'
import type { Database } from './database.ts'

/** A share, as far as a decision needs it. */
export type ShareFacts = {
  shareId: string
  campaignId: string
  status: string
  slots: number
  seed: string
  sharerId: string
}

/** A campaign with what there is to choose from. */
export type CampaignFacts = {
  campaignId: string
  merchantName: string
  currency: string
  zone: string
  validDays: number
  /** What a unit of the budget must bring, so that it lasts. */
  lambda: number
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
  /** The most that one can cost. */
  valueMinor: number
  leastBp: number
  mostBp: number
  name: string
  kind: VoucherKind
  percentBp?: number
  minSpendMinor: number
  storeName?: string
  storeAddress?: string
  storeZone?: string
  storeNames?: string[]
  hours?: Hours
}

/** A person as this merchant knows them, and whether that may decide what they get. */
export type KnownPerson = PersonFacts & { personId: string; isPersonal: boolean }

/** Reads what decisions need to know of shares. It decides nothing: the claim looks again. */
export async function sharesToClaim(
  db: Database,
  merchantId: string,
  shareIds: readonly string[],
): Promise<{ shares: ShareFacts[]; campaigns: CampaignFacts[] }> {
  if (shareIds.length === 0) return { shares: [], campaigns: [] }
  const [facts] = await db.run(
    ({ sql }) => sql<{ shares: ShareFacts[] | null; campaigns: CampaignFacts[] | null }[]>`
      select * from claim_facts(${merchantId}, ${shareIds as string[]}::text[])`,
  )
  return { shares: facts?.shares ?? [], campaigns: facts?.campaigns ?? [] }
}

/** What a merchant knows of people; nothing of whom it does not know. */
export async function peopleOf(
  db: Database,
  merchantId: string,
  personIds: readonly string[],
): Promise<KnownPerson[]> {
  const rows = await db.run(
    ({ sql }) => sql<(Omit<KnownPerson, 'latestOrders'> & { latestOrders: string[] })[]>`
      select c.person_id, c.tastes, c.orders_count, c.spent_minor, c.shares_count, c.redemptions_count,
             to_json(c.latest_orders) as latest_orders, c.tried, p.language,
             coalesce(p.personal, true) as is_personal
      from customers c
      left join people p on p.id = c.person_id
      where c.merchant_id = ${merchantId} and c.person_id = any (${personIds as string[]})`,
  )
  return rows.map((row) => ({ ...row, latestOrders: row.latestOrders.map((at) => new Date(at)) }))
}

/** Why a template was chosen, as it is stored; `model` is empty where none chose. */
type StoredDecision = {
  candidates: unknown
  chosenBy: 'match' | 'draw' | 'fallback'
  propensity: number
  reasons: readonly unknown[]
  model: string
}

/** Why somebody gets the preset voucher: the reason that their claim has. */
export type Preset =
  | 'stranger'
  | 'not_personal'
  | 'control'
  | 'stop_loss'
  | 'paced'
  | 'none_left'
  | 'fault'

export type Ask = {
  claimId: string
  shareId: string
  personId: string
  /** The template chosen, or why the preset one is to be given. */
  chosen: { templateId: string } | { preset: Preset }
  decision: StoredDecision
  voucherId: string
  /** The one to use where the template has no codes of its own. */
  code: string
}

/** What became of an ask. Code, template, worth and dates are there only for a new voucher. */
export type Claimed = {
  result: ClaimResult
  reason: string | null
  voucherId: string | null
  code: string | null
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
  fallbackIds: readonly string[],
): Promise<Claimed[]> {
  const shareIds = sortedOnce(asks.map(({ shareId }) => shareId))
  const templateIds = sortedOnce([
    ...fallbackIds,
    ...asks.flatMap(({ chosen }) => ('templateId' in chosen ? chosen.templateId : [])),
  ])
  const shareNos = numbersOf(shareIds)
  const templateNos = numbersOf(templateIds)
  return db.run(
    ({ sql }) => sql<Claimed[]>`
      select * from claim_vouchers(
        ${merchantId},
        ${shareIds}::text[],
        ${templateIds}::text[],
        ${asks.map((ask) => ask.claimId)}::text[],
        ${asks.map((ask) => shareNos.get(ask.shareId)) as number[]}::integer[],
        ${asks.map((ask) => ask.personId)}::text[],
        ${asks.map(({ chosen }) => ('templateId' in chosen ? (templateNos.get(chosen.templateId) ?? null) : null)) as number[]}::integer[],
        ${asks.map(({ chosen }) => ('preset' in chosen ? chosen.preset : null)) as string[]}::text[],
        string_to_array(${lines(asks.map(({ decision }) => decision.candidates))}, ${'\n'}),
        ${asks.map(({ decision }) => decision.chosenBy)}::text[],
        ${asks.map(({ decision }) => String(decision.propensity))}::text[]::double precision[],
        string_to_array(${lines(asks.map(({ decision }) => decision.reasons))}, ${'\n'}),
        ${asks.map(({ decision }) => decision.model)}::text[],
        ${asks.map((ask) => ask.voucherId)}::text[],
        ${asks.map((ask) => ask.code)}::text[]
      )`,
  )
}

/** JSON by lines: none holds a line break, and quotes need no escaping as they would in an array. */
function lines(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n')
}

/** Each id once, sorted by bytes as the database sorts them. */
function sortedOnce(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort()
}

/** Ids by their place in an array, counted from 1 as PostgreSQL does. */
function numbersOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, i) => [id, i + 1]))
}

/** Merchants with campaigns that reward sharers. */
export async function merchantsWithRewards(db: Database): Promise<string[]> {
  const rows = await db.run(
    ({ sql }) => sql<{ merchantId: string }[]>`
      select distinct merchant_id from campaigns
      where reward_after is not null and status in ('active', 'paused')`,
  )
  return rows.map(({ merchantId }) => merchantId)
}

/** Gives sharers of a merchant what they have earned; answers how many, at most as many as there are ids. */
export async function giveRewards(
  db: Database,
  merchantId: string,
  rewards: readonly Pick<Ask, 'claimId' | 'voucherId' | 'code'>[],
): Promise<number> {
  const [row] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      select give_rewards(
        ${merchantId},
        ${rewards.map(({ claimId }) => claimId)}::text[],
        ${rewards.map(({ voucherId }) => voucherId)}::text[],
        ${rewards.map(({ code }) => code)}::text[]
      ) as count`,
  )
  return row?.count ?? 0
}
