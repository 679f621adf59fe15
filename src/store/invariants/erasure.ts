import type { Invariant } from './invariant.ts'

/** Whoever was erased has nothing to spend and does nothing any more. */
export const ERASURE: readonly Invariant[] = [
  {
    name: 'nothing_is_left_to_the_erased',
    broken: (sql) => sql`
      select merchant_id, id, format('%s left', value_minor - redeemed_minor - unused_minor)
      from vouchers
      where holder_id like 'erased:%' and redeemed_minor + unused_minor < value_minor`,
  },
  {
    name: 'the_erased_do_nothing_more',
    broken: (sql) => sql`
      select merchant_id, id, format('a share that is %s', status) from shares
      where sharer_id like 'erased:%' and status in ('draft', 'open', 'exhausted')
      union all
      select merchant_id, person_id, format('a %s', role) from staff
      where person_id like 'erased:%' and removed_at is null`,
  },
]
