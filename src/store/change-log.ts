import type { ChangedValues, ChangeView } from '../domain/views.ts'
import type { Connection, Database } from './database.ts'

type Stored = Omit<ChangeView, 'before' | 'after'> & {
  detail: { before?: ChangedValues; after?: ChangedValues }
}

/** What was changed of a campaign and of what belongs to it, newest first. */
export async function changesOfCampaign(
  db: Database,
  merchantId: string,
  campaignId: string,
  most: number,
): Promise<ChangeView[]> {
  const changes = await db.run(
    ({ sql }) => sql<Stored[]>`
      ${selectChanges(sql)}
      where a.merchant_id = ${merchantId} and (
        (a.subject = 'campaign' and a.subject_id = ${campaignId})
        or (a.subject in ('template', 'codes') and a.subject_id in (
          select x.id from voucher_templates x
          where x.merchant_id = ${merchantId} and x.campaign_id = ${campaignId}))
        or (a.subject = 'offer' and a.subject_id in (
          select y.id from offers y
          where y.merchant_id = ${merchantId} and y.campaign_id = ${campaignId}))
      )
      order by a.happened_at desc, a.id desc limit ${most}`,
  )
  return changes.map(viewOf)
}

/** What was changed at a merchant, newest first; changes of the staff only where they are asked for. */
export async function changesOfMerchant(
  db: Database,
  merchantId: string,
  most: number,
  withStaff: boolean,
): Promise<ChangeView[]> {
  const changes = await db.run(
    ({ sql }) => sql<Stored[]>`
      ${selectChanges(sql)}
      where a.merchant_id = ${merchantId} and (${withStaff} or a.subject <> 'staff')
      order by a.happened_at desc, a.id desc limit ${most}`,
  )
  return changes.map(viewOf)
}

/** What a request has changed, if it has changed anything. */
export async function changeByRequest(
  db: Database,
  merchantId: string,
  requestId: string,
): Promise<{ subjectId: string; requestHash: string | null } | undefined> {
  const [change] = await db.run(
    ({ sql }) => sql<{ subjectId: string; requestHash: string | null }[]>`
      select a.subject_id, a.detail ->> 'request_hash' as request_hash from audit_log a
      where a.merchant_id = ${merchantId} and a.request_id = ${requestId}`,
  )
  return change
}

function selectChanges(sql: Connection['sql']) {
  return sql`
    select a.id as change_id, a.subject, a.subject_id,
           coalesce(c.name, v.name, f.title, s.name, nullif(w.label, ''), m.name) as subject_name, a.action, a.by_id as by,
           nullif(b.label, '') as by_label, a.detail, a.happened_at
    from audit_log a
    left join campaigns c on c.merchant_id = a.merchant_id and c.id = a.subject_id
    left join voucher_templates v on v.merchant_id = a.merchant_id and v.id = a.subject_id
    left join offers f on f.merchant_id = a.merchant_id and f.id = a.subject_id
    left join stores s on s.merchant_id = a.merchant_id and s.id = a.subject_id
    left join staff w on w.merchant_id = a.merchant_id and w.person_id = a.subject_id
    left join merchants m on m.id = a.subject_id
    left join staff b on b.merchant_id = a.merchant_id and b.person_id = a.by_id`
}

function viewOf({ detail, subjectName, byLabel, ...change }: Stored): ChangeView {
  return {
    ...change,
    ...(subjectName && { subjectName }),
    ...(byLabel && { byLabel }),
    before: inNames(detail.before),
    after: inNames(detail.after),
  }
}

/** Columns by the names that the program has for them. */
function inNames(values: ChangedValues = {}): ChangedValues {
  return Object.fromEntries(
    Object.entries(values).map(([column, value]) => [
      column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}
