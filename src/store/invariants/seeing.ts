import type { Invariant } from './invariant.ts'

/** What merchants are shown is what is there. */
export const SEEING: readonly Invariant[] = [
  {
    name: 'tallies_are_what_was_booked',
    broken: (sql) => sql`
      with booked as (
        select l.merchant_id, l.campaign_id, f.what, sum(f.amount) as amount
        from tallied t
        join ledger l on l.merchant_id = t.merchant_id and l.booked_at < t.counted_until
        cross join lateral (values
          ('liability', case when l.to_account = 'issued' then l.amount_minor else 0 end
                      - case when l.from_account = 'issued' then l.amount_minor else 0 end),
          ('issued', case when l.cause = 'voucher' then l.amount_minor else 0 end),
          ('discount', case when l.to_account = 'redeemed' then l.amount_minor else 0 end
                     - case when l.from_account = 'redeemed' then l.amount_minor else 0 end)
        ) f (what, amount)
        group by l.merchant_id, l.campaign_id, f.what
      ), counted as (
        select d.merchant_id, d.campaign_id, d.what, sum(d.amount) as amount
        from day_tallies d where d.what in ('liability', 'issued', 'discount')
        group by d.merchant_id, d.campaign_id, d.what
      )
      select merchant_id, campaign_id, format('%s: booked %s, counted %s', what, coalesce(b.amount, 0), coalesce(c.amount, 0))
      from booked b full join counted c using (merchant_id, campaign_id, what)
      where coalesce(b.amount, 0) <> coalesce(c.amount, 0)`,
  },
  {
    name: 'export_has_its_parts',
    broken: (sql) => sql`
      select e.merchant_id, e.id, format('%s parts of %s bytes, kept %s of %s', e.parts, e.bytes, p.parts, p.bytes)
      from exports e
      cross join lateral (
        select count(*) as parts, coalesce(sum(length(body)), 0) as bytes from export_parts
        where merchant_id = e.merchant_id and export_id = e.id
      ) p
      where (e.parts, e.bytes) <> (p.parts, p.bytes)`,
  },
]
