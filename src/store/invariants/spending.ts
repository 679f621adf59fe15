import type { Invariant } from './invariant.ts'

/** What was spent and what was given back add up. */
export const SPENDING: readonly Invariant[] = [
  {
    name: 'voucher_is_spent_within_its_value',
    broken: (sql) => sql`
      select merchant_id, id,
             format('redeemed %s, unused %s, held %s of %s', redeemed_minor, unused_minor, held_minor, value_minor)
      from vouchers where redeemed_minor + unused_minor + held_minor > value_minor`,
  },
  {
    name: 'nothing_is_left_of_what_is_over',
    broken: (sql) => sql`
      select merchant_id, id,
             format('%s, with %s left, held %s', status, value_minor - redeemed_minor - unused_minor, held_minor)
      from vouchers
      where status in ('redeemed', 'expired', 'revoked')
        and (redeemed_minor + unused_minor < value_minor or held_minor > 0)`,
  },
  {
    name: 'status_is_what_amounts_say',
    broken: (sql) => sql`
      select merchant_id, id,
             format('%s: redeemed %s, unused %s, held %s of %s',
                    status, redeemed_minor, unused_minor, held_minor, value_minor)
      from vouchers
      where status <> status_of_voucher(status, value_minor, redeemed_minor, unused_minor, held_minor)`,
  },
  {
    name: 'held_minor_is_the_sum_of_holds',
    broken: (sql) => sql`
      select v.merchant_id, v.id, format('held %s, holds %s', v.held_minor, coalesce(h.sum, 0))
      from vouchers v
      left join (
        select merchant_id, voucher_id, sum(amount_minor) as sum
        from holds where status = 'held' group by merchant_id, voucher_id
      ) h on h.merchant_id = v.merchant_id and h.voucher_id = v.id
      where v.held_minor <> coalesce(h.sum, 0)`,
  },
  {
    name: 'captured_hold_was_redeemed',
    broken: (sql) => sql`
      select h.merchant_id, h.id, format('of %s, redeemed %s', h.amount_minor, coalesce(r.amount_minor, 0))
      from holds h
      left join redemptions r
        on r.merchant_id = h.merchant_id and r.id = h.redemption_id and r.voucher_id = h.voucher_id
      where h.status = 'captured' and (r.id is null or r.amount_minor > h.amount_minor)`,
  },
  {
    name: 'redeemed_minor_is_the_sum_of_redemptions',
    broken: (sql) => sql`
      select v.merchant_id, v.id, format('redeemed %s, redemptions %s', v.redeemed_minor, coalesce(r.sum, 0))
      from vouchers v
      left join (
        select merchant_id, voucher_id, sum(amount_minor - rolled_back_minor) as sum
        from redemptions group by merchant_id, voucher_id
      ) r on r.merchant_id = v.merchant_id and r.voucher_id = v.id
      where v.redeemed_minor <> coalesce(r.sum, 0)`,
  },
  {
    name: 'unused_minor_is_what_was_booked_unused',
    broken: (sql) => sql`
      select v.merchant_id, v.id, format('unused %s, booked %s', v.unused_minor, coalesce(l.sum, 0))
      from vouchers v
      left join (
        select l.merchant_id, coalesce(r.voucher_id, l.cause_id) as voucher_id,
               sum(case l.to_account when 'unused' then l.amount_minor else -l.amount_minor end) as sum
        from ledger l
        left join rollbacks b
          on l.cause = 'rollback' and b.merchant_id = l.merchant_id and b.id = l.cause_id
        left join redemptions r on r.merchant_id = l.merchant_id
          and r.id = case l.cause when 'redemption' then l.cause_id else b.redemption_id end
        where 'unused' in (l.from_account, l.to_account)
        group by 1, 2
      ) l on l.merchant_id = v.merchant_id and l.voucher_id = v.id
      where v.unused_minor <> coalesce(l.sum, 0)`,
  },
  {
    name: 'rolled_back_minor_is_the_sum_of_rollbacks',
    broken: (sql) => sql`
      select r.merchant_id, r.id,
             format('rolled back %s of %s, rollbacks %s', r.rolled_back_minor, r.amount_minor, coalesce(b.sum, 0))
      from redemptions r
      left join (
        select merchant_id, redemption_id, sum(amount_minor) as sum
        from rollbacks group by merchant_id, redemption_id
      ) b on b.merchant_id = r.merchant_id and b.redemption_id = r.id
      where r.rolled_back_minor <> coalesce(b.sum, 0) or r.rolled_back_minor > r.amount_minor`,
  },
]
