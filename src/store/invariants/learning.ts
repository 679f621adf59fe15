import type { Invariant } from './invariant.ts'

/** What was decided is what was drawn from, and what was learnt is what became of it. */
export const LEARNING: readonly Invariant[] = [
  {
    name: 'outcome_is_what_became_of_its_voucher',
    broken: (sql) => sql`
      select o.merchant_id, o.subject_id, format('answer %s, the voucher is %s, spent %s times', o.answer, v.status, r.times)
      from outcomes o
      join vouchers v on v.merchant_id = o.merchant_id and v.claim_id = o.subject_id
      cross join lateral (
        select count(*) as times from redemptions r
        where r.merchant_id = o.merchant_id and r.voucher_id = v.id
      ) r
      where o.point = 'voucher' and (o.answer = 1) <> (r.times > 0)
         or o.point = 'voucher' and o.answer = 0 and v.status <> 'expired'`,
  },
  {
    name: 'outcome_has_a_decision_to_learn_from',
    broken: (sql) => sql`
      select o.merchant_id, o.subject_id, format('%s of a decision that is not to be learnt from', o.stage)
      from outcomes o
      join decisions d on d.merchant_id = o.merchant_id and d.point = o.point and d.subject_id = o.subject_id
      where not d.learnable or json_typeof(d.candidates) <> 'object'`,
  },
  {
    name: 'offer_is_spent_once_it_was_claimed',
    broken: (sql) => sql`
      select o.merchant_id, o.subject_id, format('redeemed %s, claimed %s', o.answer, coalesce(k.answer::text, 'unknown'))
      from outcomes o
      left join outcomes k on k.merchant_id = o.merchant_id and k.point = o.point and k.subject_id = o.subject_id
        and k.stage = 'claimed'
      where o.point = 'offer' and o.stage = 'redeemed' and k.answer is distinct from 1`,
  },
  {
    name: 'model_has_the_state_that_decides',
    broken: (sql) => sql`
      select m.merchant_id, m.point, format('version %s', m.version)
      from models m
      left join model_states s on s.merchant_id = m.merchant_id and s.point = m.point and s.version = m.version
      where m.version > 0 and s.version is null`,
  },
  {
    name: 'paced_is_who_got_the_preset_for_it',
    broken: (sql) => sql`
      select c.merchant_id, c.id, format('counted %s, claims %s', c.paced_count, k.number)
      from campaigns c
      cross join lateral (
        select count(*) as number from claims k
        where k.merchant_id = c.merchant_id and k.campaign_id = c.id and k.reason = 'paced'
      ) k
      where c.paced_count <> k.number`,
  },
  {
    name: 'propensity_is_what_was_drawn_from',
    broken: (sql) => sql`
      select d.merchant_id, d.subject_id,
             format('propensity %s, drawn from %s', d.propensity, coalesce(a.p::text, 'nothing'))
      from decisions d
      left join lateral (
        select (1 - (d.candidates ->> 'control')::double precision) * (x.arm ->> 'p')::double precision
               + case when x.arm ->> 'id' = d.candidates ->> 'preset'
                 then (d.candidates ->> 'control')::double precision else 0 end as p
        from json_array_elements(d.candidates -> 'arms') x (arm)
        where x.arm ->> 'id' = d.chosen_id
      ) a on true
      where d.learnable and json_typeof(d.candidates) = 'object'
        and (a.p is null or abs(a.p - d.propensity) > 1e-9)`,
  },
]
