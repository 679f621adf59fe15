import type { Invariant } from './invariant.ts'

/** Never more than allowed, once per person, and a pot to the last minor unit. */
export const ISSUING: readonly Invariant[] = [
  {
    name: 'issued_is_the_number_of_vouchers',
    broken: (sql) => sql`
      select t.merchant_id, t.id, format('issued %s of %s, vouchers %s', t.issued, t.quantity, v.number)
      from voucher_templates t
      cross join lateral (
        select count(*) as number from vouchers
        where merchant_id = t.merchant_id and campaign_id = t.campaign_id and template_id = t.id
      ) v
      where t.issued <> v.number or t.issued > t.quantity`,
  },
  {
    name: 'one_claim_per_key',
    broken: (sql) => sql`
      select merchant_id, min(id), format('%s claims of one person in %s', count(*), campaign_id)
      from claims group by merchant_id, campaign_id, scope, person_id having count(*) > 1`,
  },
  {
    name: 'one_voucher_per_claim',
    broken: (sql) => sql`
      select c.merchant_id, c.id, format('%s vouchers', count(v.id))
      from claims c left join vouchers v on v.merchant_id = c.merchant_id and v.claim_id = c.id
      group by c.merchant_id, c.id having count(v.id) <> 1`,
  },
  {
    name: 'campaign_is_within_budget',
    broken: (sql) => sql`
      select merchant_id, id,
             format('reserved %s, issued %s of %s', reserved_minor, issued_minor, budget_minor)
      from campaigns where reserved_minor + issued_minor > budget_minor`,
  },
  {
    name: 'least_is_what_kinds_come_to',
    broken: (sql) => sql`
      select c.merchant_id, c.id, format('least %s, of its kinds %s basis points', c.least_bp, t.sum)
      from campaigns c
      cross join lateral (
        select coalesce(sum(least_bp), 0) as sum from voucher_templates
        where merchant_id = c.merchant_id and campaign_id = c.id
      ) t
      where c.least_bp <> t.sum`,
  },
  {
    name: 'issued_is_what_vouchers_come_to',
    broken: (sql) => sql`
      select c.merchant_id, c.id,
             format('issued %s in %s, vouchers %s in %s', c.issued_minor, c.issued_count, v.sum, v.number)
      from campaigns c
      cross join lateral (
        select coalesce(sum(v.value_minor), 0) as sum, count(*) as number
        from vouchers v
        join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
        where v.merchant_id = c.merchant_id and v.campaign_id = c.id and not (t.is_fallback or t.is_reward)
      ) v
      where c.issued_minor <> v.sum or c.issued_count <> v.number or c.issued_count > c.max_vouchers`,
  },
  {
    name: 'day_is_what_its_vouchers_come_to',
    broken: (sql) => sql`
      select c.merchant_id, c.id, format(
               'on %s %s in %s, vouchers %s in %s', c.day, c.day_minor, c.day_count, v.sum, v.number)
      from campaigns c
      cross join lateral (
        select coalesce(sum(v.value_minor), 0) as sum, count(*) as number
        from vouchers v
        join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
        where v.merchant_id = c.merchant_id and v.campaign_id = c.id and not (t.is_fallback or t.is_reward)
          and (v.issued_at at time zone c.zone)::date = c.day
      ) v
      where c.day is not null and (
        c.day_minor <> v.sum or c.day_count <> v.number
        or c.day_minor > c.day_budget_minor or c.day_count > c.day_max_vouchers
      )`,
  },
  {
    name: 'nobody_has_more_than_a_period_allows',
    broken: (sql) => sql`
      select c.merchant_id, c.id, format('%s has %s in a %s', k.person_id, count(*), c.person_period)
      from campaigns c
      join claims k on k.merchant_id = c.merchant_id and k.campaign_id = c.id and k.result <> 'reward'
      where c.person_limit is not null
      group by c.merchant_id, c.id, k.person_id, c.person_period, c.person_limit,
               start_of_period(k.claimed_at, c.zone, c.person_period)
      having count(*) > c.person_limit`,
  },
  {
    name: 'codes_have_no_gap',
    broken: (sql) => sql`
      select t.merchant_id, t.id, format('%s codes up to %s, made %s, vouchers of them %s, taken %s',
               k.number, k.last, t.codes_made, k.given, t.codes_taken)
      from voucher_templates t
      cross join lateral (
        select count(*) as number, coalesce(max(x.position), 0) as last, count(v.id) as given
        from codes x
        left join vouchers v on v.merchant_id = x.merchant_id and v.code = x.code and v.template_id = x.template_id
          and x.position <= t.codes_taken
        where x.merchant_id = t.merchant_id and x.template_id = t.id
      ) k
      where (t.codes_made > 0 or t.codes_taken > 0 or k.number > 0)
        and (k.number, k.last, k.given) is distinct from (t.codes_made::bigint, t.codes_made, t.codes_taken::bigint)`,
  },
  {
    name: 'batches_count_their_codes',
    broken: (sql) => sql`
      select b.merchant_id, b.id, format('%s made of %s %s, codes %s', b.made, b.wanted, b.status, k.number)
      from code_batches b
      cross join lateral (
        select count(*) as number from codes x
        where x.merchant_id = b.merchant_id and x.template_id = b.template_id and x.batch_id = b.id
      ) k
      where b.made <> k.number or (b.status = 'done' and b.made <> b.wanted)`,
  },
  {
    name: 'reserved_minor_is_what_open_shares_hold',
    broken: (sql) => sql`
      select c.merchant_id, c.id, format('reserved %s, slots left %s', c.reserved_minor, s.sum)
      from campaigns c
      cross join lateral (
        select coalesce(sum(p.amount_minor), 0) as sum
        from shares s
        join slots p on p.merchant_id = s.merchant_id and p.share_id = s.id and p.position > s.taken
        where s.merchant_id = c.merchant_id and s.campaign_id = c.id and s.status = 'open'
      ) s
      where c.reserved_minor <> s.sum`,
  },
  {
    name: 'taken_is_the_number_of_claims',
    broken: (sql) => sql`
      select s.merchant_id, s.id, format('taken %s of %s, claims %s', s.taken, s.slots, k.number)
      from shares s
      cross join lateral (
        select count(*) as number from claims
        where merchant_id = s.merchant_id and share_id = s.id and result = 'allocated'
      ) k
      where s.taken <> k.number or s.taken > s.slots`,
  },
  {
    name: 'pot_is_split_exactly',
    broken: (sql) => sql`
      select s.merchant_id, s.id, format(
               '%s slots of %s to %s, pot %s of %s', p.number, p.least, p.most, p.sum, s.pot_minor)
      from shares s
      join campaigns c on c.merchant_id = s.merchant_id and c.id = s.campaign_id
      cross join lateral (
        select count(*) as number, coalesce(sum(amount_minor), 0) as sum, min(amount_minor) as least,
               max(amount_minor) as most, max(position) as last
        from slots where merchant_id = s.merchant_id and share_id = s.id
      ) p
      where p.sum <> s.pot_minor or case
        when c.mode = 'random' and s.opened_at is not null
          then p.number <> s.slots or p.last <> s.slots or s.pot_minor <> c.pot_minor
            or p.least < c.draw_min_minor or p.most > c.draw_max_minor
        else p.number > 0 end`,
  },
  {
    name: 'who_claims_gets_the_next_slot',
    broken: (sql) => sql`
      select s.merchant_id, s.id, format('slots taken %s, vouchers %s', p.sum, v.sum)
      from shares s
      cross join lateral (
        select sum(amount_minor) as sum from slots
        where merchant_id = s.merchant_id and share_id = s.id and position <= s.taken
      ) p
      cross join lateral (
        select sum(v.value_minor) as sum
        from claims k join vouchers v on v.merchant_id = k.merchant_id and v.claim_id = k.id
        where k.merchant_id = s.merchant_id and k.share_id = s.id and k.result = 'allocated'
      ) v
      where s.pot_minor > 0 and p.sum is distinct from v.sum`,
  },
]
