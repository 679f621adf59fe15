import type { Database } from './database.ts'

type Row = Record<string, unknown>

/** What one merchant keeps of a person. */
type DataAtMerchant = {
  merchantId: string
  merchantName: string
  /** What matching knows. */
  customer: Row | null
  orders: Row[]
  shares: Row[]
  vouchers: Row[]
  decisions: Row[]
  events: Row[]
  /** As what they work or worked there, and what they did. */
  staff: Row | null
  redeemed: Row[]
  changes: Row[]
}

/** Everything that is tied to a person: who they are to us, and what each merchant keeps. */
export type PersonData = {
  person: Row | null
  merchants: DataAtMerchant[]
  /** What waits to be sent to them, and what they wrote that was not handled. */
  waiting: { messages: Row[]; updates: Row[] }
}

/** Reads all of it in one statement; the names of the fields are those of the API. */
export async function personData(db: Database, personId: string): Promise<PersonData> {
  const number = personId.split(':')[1] ?? ''
  const [row] = await db.run(
    ({ sql }) => sql<{ data: PersonData }[]>`
      select json_build_object(
        'person', (
          select json_build_object(
            'personId', p.id, 'language', p.language, 'languageChosen', p.language_chosen,
            'reachable', p.reachable, 'zone', p.zone, 'reminders', p.reminders, 'personal', p.personal,
            'seenAt', p.seen_at
          )
          from people p where p.id = ${personId}
        ),
        'merchants', (
          select coalesce(json_agg(json_build_object(
            'merchantId', m.id, 'merchantName', m.name,
            'customer', (
              select json_build_object(
                'firstSeenAt', c.first_seen_at, 'ordersCount', c.orders_count, 'spentMinor', c.spent_minor,
                'tastes', c.tastes, 'sharesCount', c.shares_count, 'redemptionsCount', c.redemptions_count,
                'latestOrders', c.latest_orders, 'tried', c.tried
              )
              from customers c where c.merchant_id = m.id and c.person_id = ${personId}
            ),
            'orders', (
              select coalesce(json_agg(json_build_object(
                'orderId', o.id, 'sourceId', o.source_id, 'storeId', o.store_id, 'placedAt', o.placed_at,
                'currency', o.currency, 'totalMinor', o.total_minor, 'cancelledMinor', o.cancelled_minor,
                'status', o.status, 'customerRef', o.customer_ref, 'country', o.country, 'lines', o.lines,
                'boundAt', o.bound_at
              ) order by o.placed_at, o.id), '[]')
              from orders o where o.merchant_id = m.id and o.holder_id = ${personId}
            ),
            'shares', (
              select coalesce(json_agg(json_build_object(
                'shareId', s.id, 'orderId', s.order_id, 'offerId', s.offer_id, 'status', s.status,
                'slots', s.slots, 'taken', s.taken, 'createdAt', s.created_at, 'expiresAt', s.expires_at,
                'posts', (
                  select coalesce(json_agg(p.post_id), '[]') from share_posts p
                  where p.merchant_id = m.id and p.share_id = s.id
                )
              ) order by s.created_at, s.id), '[]')
              from shares s where s.merchant_id = m.id and s.sharer_id = ${personId}
            ),
            'vouchers', (
              select coalesce(json_agg(json_build_object(
                'voucherId', v.id, 'campaignId', v.campaign_id, 'name', t.name, 'kind', t.kind, 'code', v.code,
                'valueMinor', v.value_minor, 'redeemedMinor', v.redeemed_minor, 'unusedMinor', v.unused_minor,
                'status', v.status, 'issuedAt', v.issued_at, 'expiresAt', v.expires_at,
                'claim', (
                  select json_build_object(
                    'claimId', k.id, 'shareId', k.share_id, 'result', k.result, 'reason', k.reason,
                    'claimedAt', k.claimed_at
                  )
                  from claims k
                  where k.merchant_id = m.id and k.campaign_id = v.campaign_id and k.person_id = ${personId}
                    and k.id = v.claim_id
                ),
                'redemptions', (
                  select coalesce(json_agg(json_build_object(
                    'redemptionId', r.id, 'amountMinor', r.amount_minor, 'rolledBackMinor', r.rolled_back_minor,
                    'storeId', r.store_id, 'redeemedAt', r.redeemed_at
                  ) order by r.redeemed_at), '[]')
                  from redemptions r where r.merchant_id = m.id and r.voucher_id = v.id
                )
              ) order by v.issued_at, v.id), '[]')
              from vouchers v
              join voucher_templates t on t.merchant_id = m.id and t.id = v.template_id
              where v.merchant_id = m.id and v.holder_id = ${personId}
            ),
            'decisions', (
              select coalesce(json_agg(json_build_object(
                'point', d.point, 'subjectId', d.subject_id, 'chosenId', d.chosen_id, 'chosenBy', d.chosen_by,
                'propensity', d.propensity, 'reasons', d.reasons, 'candidates', d.candidates, 'model', d.model,
                'decidedAt', d.decided_at,
                'outcomes', (
                  select coalesce(json_agg(json_build_object(
                    'stage', y.stage, 'answer', y.answer, 'settledAt', y.settled_at
                  ) order by y.position), '[]')
                  from outcomes y
                  where y.merchant_id = m.id and y.point = d.point and y.subject_id = d.subject_id
                )
              ) order by d.decided_at), '[]')
              from (
                select 'voucher' as point, v.claim_id as subject_id from vouchers v
                where v.merchant_id = m.id and v.holder_id = ${personId}
                union all
                select 'offer', o.id from orders o where o.merchant_id = m.id and o.holder_id = ${personId}
              ) mine
              join decisions d on d.merchant_id = m.id and d.point = mine.point and d.subject_id = mine.subject_id
            ),
            'events', (
              select coalesce(json_agg(json_build_object(
                'kind', u.kind, 'subjectId', u.subject_id, 'reason', u.reason, 'happenedAt', u.happened_at
              ) order by u.happened_at), '[]')
              from usage_events u where u.merchant_id = m.id and u.person_id = ${personId}
            ),
            'staff', (
              select json_build_object(
                'role', s.role, 'label', s.label, 'joinedAt', s.joined_at, 'removedAt', s.removed_at
              )
              from staff s where s.merchant_id = m.id and s.person_id = ${personId}
            ),
            'redeemed', (
              select coalesce(json_agg(json_build_object(
                'redemptionId', r.id, 'amountMinor', r.amount_minor, 'redeemedAt', r.redeemed_at
              ) order by r.redeemed_at), '[]')
              from redemptions r
              where r.merchant_id = m.id and r.redeemed_by = ${personId} and r.redeemed_by like '%:%'
            ),
            'changes', (
              select coalesce(json_agg(json_build_object(
                'subject', a.subject, 'subjectId', a.subject_id, 'action', a.action, 'happenedAt', a.happened_at
              ) order by a.happened_at), '[]')
              from audit_log a where a.merchant_id = m.id and a.by_id = ${personId}
            )
          ) order by m.name, m.id), '[]')
          from merchants m where m.id in (select merchants_with(${personId}))
        ),
        'waiting', json_build_object(
          'messages', (
            select coalesce(json_agg(json_build_object('kind', o.kind, 'dueAt', o.due_at) order by o.due_at), '[]')
            from outbox o
            where o.merchant_id is not null and o.person_id = ${personId}
              and o.sent_at is null and o.gave_up_at is null
          ),
          'updates', (
            select coalesce(json_agg(i.payload order by i.received_at), '[]') from inbox i
            where i.done_at is null and i.queue in (${`chat:${number}`}, ${`person:${number}`})
          )
        )
      ) as data`,
  )
  return row?.data ?? { person: null, merchants: [], waiting: { messages: [], updates: [] } }
}
