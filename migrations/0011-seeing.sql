-- What a merchant sees: alerts that were raised, wrong codes at the tills, and exports that are made in
-- the background.

-- An alert is raised once: a level of a measure, until what it is measured against is another.
create table alerts (
  merchant_id text not null references merchants (id),
  -- the campaign, the kind of voucher, or the merchant
  subject_id text not null,
  measure text not null
    check (measure in ('budget', 'count', 'stock', 'fallback', 'reward', 'refusals', 'wrong_codes')),
  -- of a budget the amount or number that it allows, of what is unusual the day
  mark text not null,
  -- per cent of a budget; 0 of what is unusual
  level integer not null check (level between 0 and 100),
  raised_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, subject_id, measure, mark, level)
);

-- How many wrong codes somebody has tried at the tills in an hour of UTC. The codes are kept nowhere.
create table till_refusals (
  merchant_id text not null references merchants (id),
  hour timestamptz not null,
  by_id text not null,
  tries integer not null default 1 check (tries > 0),
  primary key (merchant_id, hour, by_id)
);

-- Events come in order of their time, so that a few words for each range of pages find an hour.
create index usage_events_by_time on usage_events using brin (happened_at) with (pages_per_range = 32);

-- Campaign '' is all of them. `reached` is where the next part goes on.
create table exports (
  merchant_id text not null references merchants (id),
  id text not null,
  kind text not null check (kind in ('vouchers', 'redemptions', 'claims', 'ledger', 'codes')),
  format text not null check (format in ('csv', 'json')),
  campaign_id text not null default '',
  requested_by text not null,
  request_id text check (length(request_id) between 1 and 128),
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  rows integer not null default 0 check (rows >= 0),
  bytes bigint not null default 0 check (bytes >= 0),
  parts integer not null default 0 check (parts >= 0),
  reached text,
  -- since the last part was written
  attempts integer not null default 0,
  leased_until timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (merchant_id, id)
);
create unique index one_export_per_request on exports (merchant_id, request_id) where request_id is not null;
create unique index one_export_under_way on exports (merchant_id, requested_by, kind, format, campaign_id)
  where status in ('waiting', 'running');
create index exports_to_make on exports (created_at) where status in ('waiting', 'running');
create index exports_by_age on exports (created_at);

create table export_parts (
  merchant_id text not null,
  export_id text not null,
  number integer not null check (number > 0),
  body bytea not null,
  primary key (merchant_id, export_id, number),
  foreign key (merchant_id, export_id) references exports (merchant_id, id) on delete cascade
);

-- Whatever happened is written once with its time, so the newest of it is found by its time.
create index ledger_by_time on ledger using brin (booked_at) with (pages_per_range = 32);

-- What happened at a merchant's in a time (p_from included, p_until not), one row for each thing that is
-- counted: what (`claimed`, `discount` …), how much, and the day of the campaign's zone it belongs to; the
-- day of an order that was opened is that of its store. Campaign '' and store '' are where there is none. A
-- store's offers, shares and claims are those of the orders placed in it, its redemptions took place in it.
-- What undoes a redemption belongs to the redemption's day, and takes from it what it had added.
create function facts_of(p_merchant text, p_from timestamptz, p_until timestamptz)
returns table (campaign_id text, store_id text, share_id text, day date, what text, amount bigint)
-- planned for the time that is asked for: minutes are looked up, a whole past is joined
language plpgsql stable set plan_cache_mode = 'force_custom_plan' as $$
#variable_conflict use_column
begin
  return query
  with event as materialized (
    select e.kind, e.subject_id, e.person_id, e.campaign_id, e.happened_at as at
    from usage_events e
    where e.merchant_id = p_merchant and e.happened_at >= p_from and e.happened_at < p_until
  ), booked as materialized (
    select l.campaign_id, l.cause, l.cause_id, l.from_account, l.to_account, l.amount_minor, l.booked_at as at
    from ledger l
    where l.merchant_id = p_merchant and l.booked_at >= p_from and l.booked_at < p_until
      and (l.cause = 'rollback' or 'issued' in (l.from_account, l.to_account))
  ), given as materialized (
    select b.campaign_id, k.share_id, k.person_id, b.from_account, b.amount_minor, b.at
    from booked b
    join vouchers v on v.merchant_id = p_merchant and v.id = b.cause_id
    left join claims k on k.merchant_id = p_merchant and k.campaign_id = v.campaign_id
      and k.person_id = v.holder_id and k.id = v.claim_id
    where b.cause = 'voucher'
  ), spent as materialized (
    select b.campaign_id, b.cause, r.store_id, k.share_id, r.redeemed_at as at,
           case b.cause when 'redemption' then b.amount_minor else - b.amount_minor end as discount,
           -- undone: for the first time, and whole
           case when x.id is not null and not exists (
             select from rollbacks y
             where y.merchant_id = p_merchant and y.redemption_id = r.id
               and (y.rolled_back_at, y.id) < (x.rolled_back_at, x.id)
           ) then 1 else 0 end as begun,
           case when b.cause = 'redemption' then 1 when r.status = 'rolled_back' and not exists (
             select from rollbacks y
             where y.merchant_id = p_merchant and y.redemption_id = r.id
               and (y.rolled_back_at, y.id) > (x.rolled_back_at, x.id)
           ) then -1 else 0 end as redeemed,
           coalesce(r.order_minor, 0) as order_minor
    from booked b
    left join rollbacks x on x.merchant_id = p_merchant and x.id = b.cause_id and b.cause = 'rollback'
    join redemptions r on r.merchant_id = p_merchant and r.id = coalesce(x.redemption_id, b.cause_id)
    join vouchers v on v.merchant_id = p_merchant and v.id = r.voucher_id
    left join claims k on k.merchant_id = p_merchant and k.campaign_id = v.campaign_id
      and k.person_id = v.holder_id and k.id = v.claim_id
    where b.cause = 'redemption' and b.to_account = 'redeemed'
       or b.cause = 'rollback' and b.from_account = 'redeemed'
  ), happened as (
    select '' as campaign_id, e.subject_id as order_id, null as share_id, null as store_id, e.at, 'queried' as what,
           1::bigint as amount
    from event e where e.kind = 'order_queried'
    union all
    select e.campaign_id, split_part(e.subject_id, ':', 1), null, null, min(e.at), 'queried', 1
    from event e where e.kind = 'offer_shown'
    group by e.campaign_id, split_part(e.subject_id, ':', 1), e.person_id
    union all
    select e.campaign_id, split_part(e.subject_id, ':', 1), null, null, e.at, 'shown', 1
    from event e where e.kind = 'offer_shown'
    union all
    select e.campaign_id, null, e.subject_id, null, e.at, 'shared', 1 from event e where e.kind = 'offer_shared'
    union all
    select e.campaign_id, null, e.subject_id, null, e.at, 'refused', 1 from event e where e.kind = 'claim_refused'
    union all
    -- whoever got something has opened the share too, but comes once
    select e.campaign_id, null, e.subject_id, null, e.at, 'opened', 1
    from event e
    where e.kind = 'share_opened' and not exists (
      select from claims k
      where k.merchant_id = p_merchant and k.campaign_id = e.campaign_id and k.person_id = e.person_id
        and k.share_id = e.subject_id and k.scope in ('', e.subject_id) and k.claimed_at <= e.at
    )
    union all
    select g.campaign_id, null, g.share_id, null, g.at, 'opened', 1
    from given g
    where g.from_account <> 'reward' and not exists (
      select from usage_events e
      where e.merchant_id = p_merchant and e.kind = 'share_opened' and e.subject_id = g.share_id
        and e.person_id = g.person_id and e.happened_at < g.at
    )
    union all
    select g.campaign_id, null, g.share_id, null, g.at,
           case g.from_account when 'fallback' then 'fallback' when 'reward' then 'rewarded' else 'claimed' end, 1
    from given g
    union all
    select g.campaign_id, null, g.share_id, null, g.at, 'issued', g.amount_minor from given g
    union all
    select p.campaign_id, null, p.share_id, p.store_id, p.at, f.what, f.amount
    from spent p
    cross join lateral (values
      ('redeemed', p.redeemed), ('rolledBack', p.begun), ('discount', p.discount),
      ('order', p.redeemed * p.order_minor)
    ) f (what, amount)
    where f.amount <> 0
    union all
    select b.campaign_id, null, null, null, b.at, 'liability',
           case b.to_account when 'issued' then b.amount_minor else - b.amount_minor end
    from booked b where 'issued' in (b.from_account, b.to_account)
  )
  select h.campaign_id, coalesce(h.store_id, o.store_id, ''), coalesce(h.share_id, ''),
         (h.at at time zone coalesce(c.zone, z.zone, 'UTC'))::date, h.what, sum(h.amount)::bigint
  from happened h
  left join campaigns c on c.merchant_id = p_merchant and c.id = h.campaign_id
  left join shares s on s.merchant_id = p_merchant and s.id = h.share_id
  left join orders o on o.merchant_id = p_merchant and o.id = coalesce(h.order_id, s.order_id)
  left join stores z on z.merchant_id = p_merchant and z.id = o.store_id
  group by 1, 2, 3, 4, 5;
end;
$$;

-- What has been counted of the facts, up to `counted_until`; what is newer is counted when it is asked for.
create table tallied (
  merchant_id text not null references merchants (id),
  counted_until timestamptz not null,
  primary key (merchant_id)
);
create table day_tallies (
  merchant_id text not null references merchants (id),
  campaign_id text not null,
  day date not null,
  store_id text not null,
  what text not null,
  amount bigint not null,
  primary key (merchant_id, campaign_id, day, store_id, what)
);
create table share_tallies (
  merchant_id text not null references merchants (id),
  share_id text not null,
  what text not null,
  amount bigint not null,
  primary key (merchant_id, share_id, what)
);
