import type { ExportKind, ExportRow } from '../domain/export-files.ts'
import { codesAfter } from './codes.ts'
import type { Connection, Database } from './database.ts'

export type RowQuestion = {
  kind: ExportKind
  /** Left out: all of the merchant's. */
  campaignId?: string | undefined
  /** Of codes: only those for these vouchers. */
  templateId?: string | undefined
  /** What has happened since is left out, so that a file ends. */
  until: Date
  /** The cursor of the last row that was read. */
  after?: string | undefined
  limit: number
}

/** The next rows of an export in the order of their keys, each with the cursor that leads on behind it. */
export async function rowsAfter(
  db: Database,
  merchantId: string,
  question: RowQuestion,
): Promise<(ExportRow & { cursor: string })[]> {
  const { kind, after, limit } = question
  if (kind === 'codes') return codesAfter(db, merchantId, question, after, limit)
  const select = { vouchers, redemptions, claims, ledger }[kind]
  return db.run(
    ({ sql }) => sql<(ExportRow & { cursor: string })[]>`${select(sql, merchantId, question)}`,
  )
}

type Sql = Connection['sql']

// Each takes its page first and looks up what belongs to it: no row of a page may be lost, for fewer rows
// than were asked for end a file.

function vouchers(sql: Sql, merchantId: string, question: RowQuestion) {
  return sql`
    with page as materialized (${pageOfVouchers(sql, merchantId, question)})
    select v.id as cursor, v.id as voucher_id, v.code, c.name as campaign, t.name as voucher, t.kind, v.status,
           c.currency, v.value_minor, v.redeemed_minor, v.unused_minor, v.issued_at, v.expires_at
    from page v
    left join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
    left join campaigns c on c.merchant_id = v.merchant_id and c.id = v.campaign_id
    order by v.id`
}

/** Whoever redeemed is told by the name that the staff list has for them. */
function redemptions(
  sql: Sql,
  merchantId: string,
  { campaignId, until, after, limit }: RowQuestion,
) {
  return sql`
    with page as materialized (
      select r.*, v.campaign_id, v.template_id from redemptions r
      join vouchers v on v.merchant_id = r.merchant_id and v.id = r.voucher_id
      where r.merchant_id = ${merchantId} and r.id > ${after ?? ''} and r.redeemed_at <= ${until}
        and (${campaignId ?? null}::text is null or v.campaign_id = ${campaignId ?? null})
      order by r.id limit ${limit}
    )
    select r.id as cursor, r.id as redemption_id, r.request_id, r.redeemed_at, c.name as campaign,
           t.name as voucher, r.voucher_id, s.source_id as store_id, s.name as store,
           case when r.redeemed_by like '%:%' then coalesce(nullif(m.label, ''), 'staff') else r.redeemed_by end
             as redeemed_by,
           r.order_source_id as order_number, c.currency, r.order_minor, r.amount_minor, r.rolled_back_minor,
           r.unused_minor, r.status
    from page r
    left join voucher_templates t on t.merchant_id = r.merchant_id and t.id = r.template_id
    left join campaigns c on c.merchant_id = r.merchant_id and c.id = r.campaign_id
    left join stores s on s.merchant_id = r.merchant_id and s.id = r.store_id
    left join staff m on m.merchant_id = r.merchant_id and m.person_id = r.redeemed_by
    order by r.id`
}

/** Each claim that got something has one voucher, in whose order they come. */
function claims(sql: Sql, merchantId: string, question: RowQuestion) {
  return sql`
    with page as materialized (${pageOfVouchers(sql, merchantId, question)})
    select v.id as cursor, v.claim_id, v.issued_at as claimed_at, c.name as campaign, k.share_id,
           o.source_id as order_number, k.result, k.reason, v.id as voucher_id, t.name as voucher,
           c.currency, v.value_minor
    from page v
    left join claims k on k.merchant_id = v.merchant_id and k.campaign_id = v.campaign_id
      and k.person_id = v.holder_id and k.id = v.claim_id
    left join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
    left join campaigns c on c.merchant_id = v.merchant_id and c.id = v.campaign_id
    left join shares s on s.merchant_id = v.merchant_id and s.id = k.share_id
    left join orders o on o.merchant_id = v.merchant_id and o.id = s.order_id
    order by v.id`
}

function pageOfVouchers(
  sql: Sql,
  merchantId: string,
  { campaignId, until, after, limit }: RowQuestion,
) {
  return sql`
    select v.* from vouchers v
    where v.merchant_id = ${merchantId} and v.id > ${after ?? ''} and v.issued_at <= ${until}
      and (${campaignId ?? null}::text is null or v.campaign_id = ${campaignId ?? null})
    order by v.id limit ${limit}`
}

function ledger(sql: Sql, merchantId: string, { campaignId, until, after, limit }: RowQuestion) {
  const [cause = '', causeId = '', from = '', to = ''] = after?.split('\t') ?? []
  return sql`
    with page as materialized (
      select l.* from ledger l
      where l.merchant_id = ${merchantId} and l.booked_at <= ${until}
        and (l.cause, l.cause_id, l.from_account, l.to_account) > (${cause}, ${causeId}, ${from}, ${to})
        and (${campaignId ?? null}::text is null or l.campaign_id = ${campaignId ?? null})
      order by l.cause, l.cause_id, l.from_account, l.to_account limit ${limit}
    )
    select concat_ws(e'\t', l.cause, l.cause_id, l.from_account, l.to_account) as cursor, l.booked_at,
           c.name as campaign, l.cause, l.cause_id, l.from_account, l.to_account, l.currency, l.amount_minor
    from page l
    left join campaigns c on c.merchant_id = l.merchant_id and c.id = l.campaign_id
    order by l.cause, l.cause_id, l.from_account, l.to_account`
}
