import type { Connection, Database } from './database.ts'

/** Notes that a code which no voucher has was tried at a till. The code itself is not kept. */
export async function noteWrongCode(db: Database, merchantId: string, byId: string): Promise<void> {
  await db.run(
    ({ sql }) => sql`
      insert into till_refusals (merchant_id, hour, by_id)
      values (${merchantId}, date_trunc('hour', clock_timestamp(), 'UTC'), ${byId})
      on conflict (merchant_id, hour, by_id) do update set tries = till_refusals.tries + 1`,
  )
}

/**
 * Raises an alert for each budget of a campaign that is not over: its money, its number of vouchers, the
 * stock of each kind, the preset kind and the sharer's. Each is raised at 80 % and when nothing more can
 * be given out of it, once for what it allows: whoever raises the budget is told again. It waits until
 * there is an owner or a manager who can be reached; of two levels at once the higher is told. Answers
 * how many messages there are to send.
 */
export async function raiseBudgetAlerts(db: Database): Promise<number> {
  const told = await db.run(
    ({ sql }) => sql`
      with filled as (
        select c.merchant_id, c.id as campaign_id, c.id as subject_id, 'budget' as measure,
               c.reserved_minor + c.issued_minor as used, c.budget_minor as allowed,
               -- what the next share or voucher takes
               coalesce(case c.mode when 'random' then c.pot_minor else t.cheapest end, 1) as least
        from campaigns c
        cross join lateral (
          select min(t.value_minor) as cheapest from voucher_templates t
          where t.merchant_id = c.merchant_id and t.campaign_id = c.id and t.issued < t.quantity
            and not t.is_fallback and not t.is_reward
        ) t
        where c.status in ('active', 'paused') and c.ends_at > clock_timestamp()
        union all
        select c.merchant_id, c.id, c.id, 'count', c.issued_count, c.max_vouchers, 1
        from campaigns c
        where c.status in ('active', 'paused') and c.ends_at > clock_timestamp()
          and c.max_vouchers is not null
        union all
        select t.merchant_id, t.campaign_id, t.id,
               case when t.is_fallback then 'fallback' when t.is_reward then 'reward' else 'stock' end,
               t.issued, t.quantity, 1
        from voucher_templates t
        join campaigns c on c.merchant_id = t.merchant_id and c.id = t.campaign_id
        where c.status in ('active', 'paused') and c.ends_at > clock_timestamp()
      ), hearer as (
        ${hearers(sql, 'filled')}
      ), due as (
        select f.merchant_id, f.campaign_id, f.subject_id, f.measure, f.used, f.allowed, l.level
        from filled f
        join (values (80), (100)) l (level)
          on f.used > 0 and (f.used + f.least > f.allowed or (l.level = 80 and f.used * 5 >= f.allowed * 4))
        where exists (select 1 from hearer h where h.merchant_id = f.merchant_id)
      ), raised as (
        insert into alerts (merchant_id, subject_id, measure, mark, level)
        select merchant_id, subject_id, measure, allowed::text, level from due
        on conflict do nothing
        returning merchant_id, subject_id, measure, level
      ), highest as (
        select merchant_id, subject_id, measure, max(level) as level from raised
        group by merchant_id, subject_id, measure
      )
      insert into outbox (merchant_id, id, kind, person_id, payload)
      select d.merchant_id,
             format('alert:%s:%s:%s:%s:%s', d.subject_id, d.measure, d.allowed, d.level, h.place),
             'alert', h.person_id,
             jsonb_build_object('measure', d.measure, 'level', d.level, 'campaignId', d.campaign_id,
                                'subjectId', d.subject_id, 'used', d.used, 'allowed', d.allowed)
      from highest join due d using (merchant_id, subject_id, measure, level)
      join hearer h on h.merchant_id = d.merchant_id
      on conflict do nothing
      returning id`,
  )
  return told.length
}

/** As little as this in an hour is never unusual. */
const LEAST_UNUSUAL = 20
/** So many times the mean hour of the seven days before is. */
const TIMES_UNUSUAL = 5
const HOURS_BEFORE = 168

/**
 * Raises an alert where in the last 60 minutes more people of a campaign went away with nothing than is
 * usual: at least 20, and more than five times the mean hour of the seven days before. Who came to a share
 * that was used up or over is not counted, for every good link ends like that. Once a day (UTC) for each
 * campaign.
 */
export async function raiseRefusalAlerts(db: Database): Promise<number> {
  const told = await db.run(
    ({ sql }) => sql`
      with refused as (
        select e.merchant_id, e.campaign_id as subject_id, e.reason,
               e.happened_at > clock_timestamp() - interval '1 hour' as is_now, count(*) as number
        from usage_events e
        where e.kind = 'claim_refused' and e.campaign_id is not null
          and e.happened_at > clock_timestamp() - make_interval(hours => ${HOURS_BEFORE + 1})
          and e.reason is distinct from 'share_used_up' and e.reason is distinct from 'share_expired'
        group by 1, 2, 3, 4
      ), due as (
        select merchant_id, subject_id, sum(number) filter (where is_now) as used,
               coalesce(sum(number) filter (where not is_now), 0) as before,
               (array_agg(reason order by is_now desc, number desc))[1] as reason
        from refused group by merchant_id, subject_id
        having sum(number) filter (where is_now) >= ${LEAST_UNUSUAL}
           and sum(number) filter (where is_now) * ${HOURS_BEFORE}
             > coalesce(sum(number) filter (where not is_now), 0) * ${TIMES_UNUSUAL}
      ), hearer as (
        ${hearers(sql, 'due')}
      ), raised as (
        insert into alerts (merchant_id, subject_id, measure, mark, level)
        select d.merchant_id, d.subject_id, 'refusals', (clock_timestamp() at time zone 'UTC')::date::text, 0
        from due d where exists (select 1 from hearer h where h.merchant_id = d.merchant_id)
        on conflict do nothing
        returning merchant_id, subject_id, mark
      )
      insert into outbox (merchant_id, id, kind, person_id, payload)
      select r.merchant_id, format('alert:%s:refusals:%s:%s', r.subject_id, r.mark, h.place),
             'alert', h.person_id,
             jsonb_build_object('measure', 'refusals', 'level', 0, 'campaignId', r.subject_id,
                                'used', d.used, 'before', d.before, 'reason', d.reason)
      from raised r join due d using (merchant_id, subject_id)
      join hearer h on h.merchant_id = r.merchant_id
      on conflict do nothing
      returning id`,
  )
  return told.length
}

/**
 * Raises an alert where in this hour of UTC more wrong codes were tried at a merchant's tills than is
 * usual: at least 20, and more than five times the mean hour of the seven days before. Once a day.
 */
export async function raiseWrongCodeAlerts(db: Database): Promise<number> {
  const told = await db.run(
    ({ sql }) => sql`
      with tried as (
        select r.merchant_id, r.by_id, r.tries, r.hour = date_trunc('hour', clock_timestamp(), 'UTC') as is_now
        from till_refusals r
        where r.hour >= date_trunc('hour', clock_timestamp(), 'UTC') - make_interval(hours => ${HOURS_BEFORE})
      ), due as (
        select merchant_id, sum(tries) filter (where is_now) as used,
               coalesce(sum(tries) filter (where not is_now), 0) as before,
               (array_agg(by_id order by is_now desc, tries desc))[1] as by_id
        from tried group by merchant_id
        having sum(tries) filter (where is_now) >= ${LEAST_UNUSUAL}
           and sum(tries) filter (where is_now) * ${HOURS_BEFORE}
             > coalesce(sum(tries) filter (where not is_now), 0) * ${TIMES_UNUSUAL}
      ), hearer as (
        ${hearers(sql, 'due')}
      ), raised as (
        insert into alerts (merchant_id, subject_id, measure, mark, level)
        select d.merchant_id, d.merchant_id, 'wrong_codes', (clock_timestamp() at time zone 'UTC')::date::text, 0
        from due d where exists (select 1 from hearer h where h.merchant_id = d.merchant_id)
        on conflict do nothing
        returning merchant_id, mark
      )
      insert into outbox (merchant_id, id, kind, person_id, payload)
      select r.merchant_id, format('alert:%s:wrong_codes:%s:%s', r.merchant_id, r.mark, h.place),
             'alert', h.person_id,
             jsonb_build_object('measure', 'wrong_codes', 'level', 0, 'used', d.used, 'before', d.before,
                                'byId', d.by_id)
      from raised r join due d using (merchant_id)
      join hearer h on h.merchant_id = r.merchant_id
      on conflict do nothing
      returning id`,
  )
  return told.length
}

/** Forgets how many wrong codes were tried, once no alert counts them any more. */
export async function purgeTillRefusals(db: Database): Promise<number> {
  const [purged] = await db.run(
    ({ sql }) => sql<{ count: number }[]>`
      with purged as (
        delete from till_refusals
        where hour < clock_timestamp() - make_interval(hours => ${HOURS_BEFORE + 2})
        returning merchant_id
      )
      select count(*)::integer as count from purged`,
  )
  return purged?.count ?? 0
}

/** Owners and managers who can be reached, of the merchants of a part of the statement, each with a place. */
export function hearers(sql: Connection['sql'], part: 'filled' | 'due') {
  return sql`
    select s.merchant_id, s.person_id,
           row_number() over (partition by s.merchant_id order by s.joined_at, s.person_id) as place
    from staff s
    join people p on p.id = s.person_id and p.reachable
    where s.merchant_id in (select merchant_id from ${sql(part)})
      and s.removed_at is null and s.role in ('owner', 'manager')`
}
