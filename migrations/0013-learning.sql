-- The matching model: what it is told, what it decided on, what came of it, and what was learnt from that.

-- Basis points: of an order's value that are the merchant's own (null: not stated, so redemptions count and
-- not money), and of people who get the preset voucher whatever the model says, to compare with.
alter table merchants
  add column margin_bp integer check (margin_bp between 1 and 10000),
  add column control_bp integer not null default 1000 check (control_bp between 0 and 5000),
  add column pools_learning boolean not null default false;

-- Off: nothing of what is known of somebody decides what they get.
alter table people add column personal boolean not null default true;

-- When the newest orders were placed (at most 16, newest first), and how many vouchers of each kind somebody
-- had and spent: {"percent_off": [3, 1]}; under "shared" how many offers they shared, and how many of these
-- somebody took.
alter table customers
  add column latest_orders timestamptz[] not null default '{}',
  add column tried jsonb not null default '{}';

-- How often the model may choose a kind of voucher, in basis points.
alter table voucher_templates
  add column least_bp integer not null default 0 check (least_bp between 0 and 10000),
  add column most_bp integer not null default 10000 check (most_bp between 0 and 10000),
  add constraint least_is_not_more_than_most check (least_bp <= most_bp);
-- The sum of what its kinds are to be chosen at least; how many got the preset so that the budget lasts.
alter table campaigns
  add column least_bp integer not null default 0 check (least_bp between 0 and 10000),
  add column paced_count counter not null default 0;

-- What a merchant's model of a decision point is: what it began with, which of its states decides, whether it
-- goes on learning, since when everybody gets the preset (it did worse than that), and what is told of it.
create table models (
  merchant_id text not null references merchants (id),
  point text not null check (point in ('offer', 'voucher')),
  prior json not null,
  version integer not null default 0 check (version >= 0),
  is_frozen boolean not null default false,
  stopped_at timestamptz,
  -- decisions made after this say whether it does worse; null: all of them
  judged_from timestamptz,
  gathered_until timestamptz,
  report json,
  reported_at timestamptz,
  made_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, point)
);

-- A state is what was learnt from all outcomes up to the position `reached`, each once, in their order.
create table model_states (
  merchant_id text not null,
  point text not null check (point in ('offer', 'voucher')),
  version integer not null check (version > 0),
  reached bigint not null,
  learnt integer not null check (learnt >= 0),
  state bytea not null,
  digest text not null,
  made_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, point, version),
  foreign key (merchant_id, point) references models (merchant_id, point)
);

-- What came of a decision: each stage of it is credited once, and `position` is the order in which it is
-- learnt. The value in money may change later, when an order is paid back; the answer does not.
create table outcomes (
  merchant_id text not null,
  point text not null check (point in ('offer', 'voucher')),
  subject_id text not null,
  stage text not null check (stage in ('claimed', 'redeemed')),
  position bigint not null generated always as identity,
  answer smallint not null check (answer between 0 and 1),
  value_minor bigint,
  -- how much more than the preset one this decision brought: augmented inverse propensity weighting
  lift_yes double precision,
  lift_minor double precision,
  settled_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, point, subject_id, stage),
  foreign key (merchant_id, point, subject_id) references decisions (merchant_id, point, subject_id)
    on delete cascade
);
create unique index outcomes_in_order on outcomes (merchant_id, point, position);

-- Vouchers end in about the order in which they were given, so that a few words for each range of pages find
-- those that ended in a time.
create index vouchers_by_end on vouchers using brin (expires_at) with (pages_per_range = 32);

-- What new merchants begin with, from those who share what they learnt.
create table pooled_models (
  point text primary key check (point in ('offer', 'voucher')),
  prior json not null,
  merchants integer not null check (merchants > 0),
  made_at timestamptz not null default clock_timestamp()
);

-- What a unit of a campaign's budget must bring at the moment, so that the budget lasts to its end, and
-- how many had been decided and how much given when that was reckoned.
create table pacings (
  merchant_id text not null,
  campaign_id text not null,
  lambda double precision not null check (lambda between 0 and 6),
  seen_count bigint not null check (seen_count >= 0),
  seen_minor bigint not null check (seen_minor >= 0),
  -- how many were decided in a day, what is long past counting less and less
  pace double precision not null default 0 check (pace >= 0),
  paced_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, campaign_id),
  foreign key (merchant_id, campaign_id) references campaigns (merchant_id, id)
);

alter table alerts drop constraint alerts_measure_check;
alter table alerts add constraint alerts_measure_check check (measure in (
  'budget', 'count', 'stock', 'fallback', 'reward', 'refusals', 'wrong_codes', 'lift'
));

-- What a merchant knows of a customer from orders, derived anew from the orders themselves.
create or replace function refresh_customer(p_merchant text, p_person text) returns void language sql as $$
  with bought as (
    select * from orders
    where merchant_id = p_merchant and holder_id = p_person and status <> 'cancelled'
  ), tastes as (
    select key, sum(value::bigint)::bigint as spent from bought, jsonb_each_text(bought.tastes) group by key
  )
  insert into customers (merchant_id, person_id, orders_count, spent_minor, tastes, latest_orders)
  select p_merchant, p_person,
         (select count(*)::integer from bought),
         (select coalesce(sum(greatest(total_minor - cancelled_minor, 0)), 0)::bigint from bought),
         (select coalesce(jsonb_object_agg(key, spent), '{}') from tastes),
         array(select placed_at from bought order by placed_at desc limit 16)
  on conflict (merchant_id, person_id) do update set
    orders_count = excluded.orders_count,
    spent_minor = excluded.spent_minor,
    tastes = excluded.tastes,
    latest_orders = excluded.latest_orders;
$$;
update customers c set latest_orders = array(
  select o.placed_at from orders o
  where o.merchant_id = c.merchant_id and o.holder_id = c.person_id and o.status <> 'cancelled'
  order by o.placed_at desc limit 16
);

drop function claim_vouchers(
  text, text[], text[], text[], integer[], text[], integer[], text[], text[], double precision[], text[], text,
  text[], text[]
);
drop function claim_facts(text, text[]);

-- One call decides a batch of asks of one merchant, in order of arrival, and writes what it gives.
--
-- Locks are taken in one order: shares, campaigns, templates (each sorted by id), and what is read is
-- what the lock was given for. Whoever claims in a campaign holds its row, so nobody can claim the same
-- key meanwhile. The time is the database's after that lock (`now()` would be the time before waiting).
--
-- Every plan is made once and kept, so it must be good for tables that grow: each lookup has the leading
-- columns of one unique key, no join could be turned round, and whole tables are read never.
--
-- p_shares and p_templates hold each id once, sorted by their bytes: the shares asked for, the templates
-- chosen and the fallbacks. An ask, the same place in all other arrays, is a claim id, the number of a
-- share, a person, the number of the template chosen (null where the preset one is to be given: then
-- p_presets says why), what a decision record says of the choice, with the version of the model that made
-- it (empty where none did), and the voucher id and code to use if there is one to give.
--
-- Answers in the order of the asks; code, template, worth and dates only of what is new.
create function claim_vouchers(
  p_merchant text,
  p_shares text[],
  p_templates text[],
  p_claims text[],
  p_share_nos integer[],
  p_people text[],
  p_template_nos integer[],
  p_presets text[],
  p_candidates text[],
  p_chosen_by text[],
  p_propensities double precision[],
  p_reasons text[],
  p_models text[],
  p_vouchers text[],
  p_codes text[]
) returns table (
  result text,
  reason text,
  voucher_id text,
  code text,
  template_id text,
  value_minor bigint,
  issued_at timestamptz,
  expires_at timestamptz
) language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  unlimited constant bigint := 9223372036854775807;
  is_anybody_erased boolean; -- since the asks were decided; then even who was known may be new
  share record;
  campaign record;
  template record;
  ask record;
  i integer; -- the number of an ask, a share, a campaign, a template
  s integer := 0;
  c integer := 0;
  t integer := 0;
  had bigint;
  worth bigint;
  number_given integer := 0;
  -- one entry per share
  share_ids text[];
  share_campaign_id text[];
  share_campaign integer[];
  share_status text[];
  share_sharer text[];
  share_slots integer[];
  share_ends timestamptz[];
  share_scope text[];
  share_refusal text[]; -- what is said of it before anybody's own case is looked at
  share_refusal_reason text[];
  share_left integer[];
  share_given integer[];
  -- one entry per campaign
  campaign_ids text[];
  campaign_now timestamptz[]; -- the time when its row was locked
  campaign_refusal text[];
  campaign_refusal_reason text[];
  campaign_has_pots boolean[];
  campaign_scope text[];
  campaign_sharer_may boolean[];
  campaign_currency text[];
  campaign_zone text[];
  campaign_valid_days integer[];
  campaign_fallback integer[];
  campaign_left bigint[];
  campaign_left_count bigint[];
  campaign_day date[];
  campaign_left_today bigint[];
  campaign_left_count_today bigint[];
  campaign_person_limit integer[];
  campaign_period_start timestamptz[]; -- null: a person may have any number
  campaign_given integer[];
  campaign_paced integer[];
  campaign_issued bigint[];
  campaign_from_pots bigint[];
  -- one entry per template
  template_campaign integer[];
  template_is_fallback boolean[];
  template_value bigint[];
  template_expiry timestamptz[];
  template_next_code integer[]; -- null: the code that the ask brings
  template_left integer[];
  template_given integer[];
  -- one entry per ask; the number of a template only where there is something to give
  asks constant integer := cardinality(p_claims);
  r_result text[];
  r_reason text[];
  r_voucher text[];
  r_code text[] := p_codes;
  r_template integer[];
  r_value bigint[];
  r_from text[];
  r_had bigint[]; -- how many the person then has of those that a period's limit counts
begin
  -- what there is: each row is locked, and read as it was locked
  for share in
    select x.id, x.campaign_id, x.status, x.sharer_id, x.slots, x.taken, x.expires_at from shares x
    where x.merchant_id = p_merchant and x.id = any (p_shares)
    order by x.id collate "C" for update
  loop
    s := s + 1;
    share_ids[s] := share.id;
    share_campaign_id[s] := share.campaign_id;
    share_status[s] := share.status;
    share_sharer[s] := share.sharer_id;
    share_slots[s] := share.slots;
    share_ends[s] := share.expires_at;
    share_left[s] := case share.status when 'open' then share.slots - share.taken else 0 end;
    share_given[s] := 0;
  end loop;

  for campaign in
    select x.* from campaigns x
    where x.merchant_id = p_merchant and x.id = any (share_campaign_id)
    order by x.id collate "C" for update
  loop
    c := c + 1;
    campaign_ids[c] := campaign.id;
    campaign_now[c] := clock_timestamp();
    campaign_has_pots[c] := campaign.mode = 'random';
    campaign_scope[c] := campaign.claim_scope;
    campaign_sharer_may[c] := campaign.sharer_may_claim;
    campaign_currency[c] := campaign.currency;
    campaign_zone[c] := campaign.zone;
    campaign_valid_days[c] := campaign.valid_days;
    campaign_left[c] := campaign.budget_minor - campaign.reserved_minor - campaign.issued_minor;
    campaign_left_count[c] := coalesce(campaign.max_vouchers - campaign.issued_count, unlimited);
    campaign_day[c] := (campaign_now[c] at time zone campaign.zone)::date;
    if campaign.day is distinct from campaign_day[c] then
      campaign.day_minor := 0;
      campaign.day_count := 0;
    end if;
    campaign_left_today[c] := coalesce(campaign.day_budget_minor - campaign.day_minor, unlimited);
    campaign_left_count_today[c] := coalesce(campaign.day_max_vouchers - campaign.day_count, unlimited);
    campaign_person_limit[c] := campaign.person_limit;
    if campaign.person_limit is not null then
      campaign_period_start[c] := start_of_period(campaign_now[c], campaign.zone, campaign.person_period);
    end if;
    campaign_given[c] := 0;
    campaign_paced[c] := 0;
    campaign_issued[c] := 0;
    campaign_from_pots[c] := 0;
    if campaign.status = 'stopped' then
      campaign_refusal[c] := 'revoked';
      campaign_refusal_reason[c] := 'campaign_stopped';
    elsif campaign_now[c] >= campaign.ends_at then
      campaign_refusal[c] := 'expired';
      campaign_refusal_reason[c] := 'campaign_ended';
    elsif campaign_now[c] < campaign.starts_at then
      campaign_refusal[c] := 'ineligible';
      campaign_refusal_reason[c] := 'not_started';
    elsif campaign.status <> 'active' then
      campaign_refusal[c] := 'ineligible';
      campaign_refusal_reason[c] := 'campaign_paused';
    elsif campaign.open_weekdays < 127 or campaign.open_from_minute > 0 or campaign.open_to_minute < 1440 then
      if not within_hours(
        campaign_now[c], campaign.zone, campaign.open_weekdays, campaign.open_from_minute,
        campaign.open_to_minute
      ) then
        campaign_refusal[c] := 'ineligible';
        campaign_refusal_reason[c] := 'outside_hours';
      end if;
    end if;
  end loop;

  for template in
    select x.id, x.campaign_id, x.is_fallback, x.value_minor, x.quantity, x.issued, x.has_own_codes,
           x.codes_made, x.codes_taken,
           (select z.zone from stores z where z.merchant_id = p_merchant and z.id = x.store_id) as store_zone
    from voucher_templates x
    where x.merchant_id = p_merchant and x.id = any (p_templates)
    order by x.id collate "C" for update
  loop
    t := t + 1;
    if template.id <> p_templates[t] then
      exit;
    end if;
    c := array_position(campaign_ids, template.campaign_id);
    template_campaign[t] := c;
    template_is_fallback[t] := template.is_fallback;
    template_value[t] := template.value_minor;
    template_left[t] := template.quantity - template.issued;
    template_given[t] := 0;
    template_next_code[t] := null;
    if template.has_own_codes then
      template_left[t] := least(template_left[t], template.codes_made - template.codes_taken);
      template_next_code[t] := template.codes_taken + 1;
    end if;
    if c is not null then
      template_expiry[t] := end_of_validity(
        campaign_now[c], coalesce(template.store_zone, campaign_zone[c]), campaign_valid_days[c]
      );
      if template.is_fallback then
        campaign_fallback[c] := t;
      end if;
    end if;
  end loop;

  if share_ids is distinct from p_shares or coalesce(cardinality(template_campaign), 0) <> cardinality(p_templates) then
    raise exception 'shares and templates must be there, each once, sorted';
  end if;
  is_anybody_erased :=
    exists (select 1 from erasures e where e.erased_at > clock_timestamp() - interval '1 minute');

  for s in 1 .. cardinality(share_ids) loop
    c := array_position(campaign_ids, share_campaign_id[s]);
    share_campaign[s] := c;
    share_scope[s] := case campaign_scope[c] when 'share' then share_ids[s] else '' end;
    share_refusal[s] := campaign_refusal[c];
    share_refusal_reason[s] := campaign_refusal_reason[c];
    if campaign_refusal[c] is distinct from 'revoked' then
      if share_status[s] = 'revoked' then
        share_refusal[s] := 'revoked';
        share_refusal_reason[s] := 'share_revoked';
      elsif share_status[s] = 'expired' or campaign_now[c] >= share_ends[s] then
        share_refusal[s] := 'expired';
        share_refusal_reason[s] := 'share_expired';
      end if;
    end if;
  end loop;

  for ask in
    select a.i, a.share_no, a.person_id, a.template_no,
           (
             select k.voucher_id from claims k
             where k.merchant_id = p_merchant and k.campaign_id = share_campaign_id[a.share_no]
               and k.person_id = a.person_id and k.scope = share_scope[a.share_no]
           ) as voucher_id,
           case when campaign_period_start[share_campaign[a.share_no]] is not null then (
             select count(*) from claims k
             where k.merchant_id = p_merchant and k.campaign_id = share_campaign_id[a.share_no]
               and k.person_id = a.person_id and k.result <> 'reward'
               and k.claimed_at >= campaign_period_start[share_campaign[a.share_no]]
           ) end as had,
           first_value(a.i) over same_key as first_ask,
           lag(a.i) over (partition by a.person_id, share_campaign[a.share_no] order by a.i) as ask_before
    from unnest(p_share_nos, p_people, p_template_nos) with ordinality
      as a (share_no, person_id, template_no, i)
    window same_key as (
      partition by a.person_id, share_campaign[a.share_no], share_scope[a.share_no] order by a.i
    )
    order by a.i
  loop
    i := ask.i;
    s := ask.share_no;
    c := share_campaign[s];
    t := ask.template_no;
    had := coalesce(r_had[ask.ask_before], ask.had);
    if ask.voucher_id is not null then
      r_result[i] := 'repeated';
      r_voucher[i] := ask.voucher_id;
    elsif ask.first_ask < i then
      -- a double tap inside one batch: the first tap's answer, or its voucher again
      if r_voucher[ask.first_ask] is not null then
        r_result[i] := 'repeated';
        r_voucher[i] := r_voucher[ask.first_ask];
      else
        r_result[i] := r_result[ask.first_ask];
        r_reason[i] := r_reason[ask.first_ask];
      end if;
    elsif share_refusal[s] is not null then
      r_result[i] := share_refusal[s];
      r_reason[i] := share_refusal_reason[s];
    elsif ask.person_id = share_sharer[s] and not campaign_sharer_may[c] then
      r_result[i] := 'ineligible';
      r_reason[i] := 'sharer_self';
    elsif had >= campaign_person_limit[c] then
      r_result[i] := 'ineligible';
      r_reason[i] := 'limit_period';
    else
      worth := template_value[t];
      if campaign_has_pots[c] and share_left[s] > 0 then
        worth := (
          select x.amount_minor from slots x
          where x.merchant_id = p_merchant and x.share_id = p_shares[s]
            and x.position = share_slots[s] - share_left[s] + 1
        );
      end if;
      if t is null then
        r_reason[i] := p_presets[i];
      elsif template_campaign[t] is distinct from c or template_is_fallback[t] then
        r_reason[i] := 'none_left';
      elsif share_status[s] = 'draft' then
        r_reason[i] := 'budget_used_up';
      elsif share_left[s] <= 0 then
        r_reason[i] := 'share_used_up';
      elsif template_left[t] <= 0 then
        r_reason[i] := 'template_used_up';
      elsif not campaign_has_pots[c] and campaign_left[c] < worth then
        r_reason[i] := 'budget_used_up';
      elsif campaign_left_count[c] <= 0 then
        r_reason[i] := 'count_used_up';
      elsif campaign_left_count_today[c] <= 0 or campaign_left_today[c] < worth then
        r_reason[i] := 'day_used_up';
      else
        r_result[i] := 'allocated';
        r_value[i] := worth;
        if campaign_has_pots[c] then
          r_from[i] := 'reserved';
          campaign_from_pots[c] := campaign_from_pots[c] + worth;
        else
          r_from[i] := 'available';
          campaign_left[c] := campaign_left[c] - worth;
        end if;
        campaign_given[c] := campaign_given[c] + 1;
        campaign_issued[c] := campaign_issued[c] + worth;
        campaign_left_count[c] := campaign_left_count[c] - 1;
        campaign_left_count_today[c] := campaign_left_count_today[c] - 1;
        campaign_left_today[c] := campaign_left_today[c] - worth;
        share_left[s] := share_left[s] - 1;
        share_given[s] := share_given[s] + 1;
      end if;

      if r_result[i] is null then
        t := campaign_fallback[c];
        if template_left[t] > 0 then
          r_result[i] := 'fallback';
          r_from[i] := 'fallback';
          if p_presets[i] = 'paced' then
            campaign_paced[c] := campaign_paced[c] + 1;
          end if;
          r_value[i] := template_value[t];
        else
          r_result[i] := 'exhausted';
          t := null;
        end if;
      end if;
      if t is not null then
        if template_next_code[t] is not null then
          r_code[i] := (
            select x.code from codes x
            where x.merchant_id = p_merchant and x.template_id = p_templates[t]
              and x.position = template_next_code[t] + template_given[t]
          );
        end if;
        template_left[t] := template_left[t] - 1;
        template_given[t] := template_given[t] + 1;
        r_template[i] := t;
        r_voucher[i] := p_vouchers[i];
        number_given := number_given + 1;
        had := had + 1;
      end if;
    end if;
    r_had[i] := had;
  end loop;

  with given as materialized (
    select n.i, p_people[n.i] as person_id, p_claims[n.i] as claim_id, p_vouchers[n.i] as voucher_id,
           p_templates[r_template[n.i]] as template_id, share_campaign_id[p_share_nos[n.i]] as campaign_id,
           campaign_now[share_campaign[p_share_nos[n.i]]] as now
    from generate_series(1, asks) n (i)
    where r_template[n.i] is not null
  ), shares_taken as (
    update shares x set
      taken = x.taken + share_given[array_position(p_shares, x.id)],
      status = case when x.taken + share_given[array_position(p_shares, x.id)] = x.slots
               then 'exhausted' else x.status end,
      closed_at = case when x.taken + share_given[array_position(p_shares, x.id)] = x.slots
                  then campaign_now[share_campaign[array_position(p_shares, x.id)]] else x.closed_at end
    where x.merchant_id = p_merchant and x.id = any (p_shares)
      and share_given[array_position(p_shares, x.id)] > 0
  ), campaigns_spent as (
    update campaigns x set
      issued_minor = x.issued_minor + campaign_issued[array_position(campaign_ids, x.id)],
      reserved_minor = x.reserved_minor - campaign_from_pots[array_position(campaign_ids, x.id)],
      issued_count = x.issued_count + campaign_given[array_position(campaign_ids, x.id)],
      paced_count = x.paced_count + campaign_paced[array_position(campaign_ids, x.id)],
      day = campaign_day[array_position(campaign_ids, x.id)],
      day_count = case when x.day = campaign_day[array_position(campaign_ids, x.id)] then x.day_count else 0 end
        + campaign_given[array_position(campaign_ids, x.id)],
      day_minor = case when x.day = campaign_day[array_position(campaign_ids, x.id)] then x.day_minor else 0 end
        + campaign_issued[array_position(campaign_ids, x.id)]
    where x.merchant_id = p_merchant and x.id = any (campaign_ids)
      and campaign_given[array_position(campaign_ids, x.id)] + campaign_paced[array_position(campaign_ids, x.id)] > 0
  ), templates_issued as (
    update voucher_templates x set
      issued = x.issued + template_given[array_position(p_templates, x.id)],
      codes_taken = case when x.has_own_codes
                    then x.codes_taken + template_given[array_position(p_templates, x.id)] else x.codes_taken end
    where x.merchant_id = p_merchant and x.id = any (p_templates)
      and template_given[array_position(p_templates, x.id)] > 0
  ), claimed as (
    insert into claims (
      merchant_id, id, campaign_id, share_id, person_id, scope, result, reason, voucher_id, claimed_at
    )
    select p_merchant, g.claim_id, g.campaign_id, p_shares[p_share_nos[g.i]], g.person_id,
           share_scope[p_share_nos[g.i]], r_result[g.i], r_reason[g.i], g.voucher_id, g.now
    from given g
  ), issued as (
    insert into vouchers (
      merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at
    )
    select p_merchant, g.voucher_id, g.campaign_id, g.template_id, g.claim_id, g.person_id, r_code[g.i],
           r_value[g.i], g.now, template_expiry[r_template[g.i]]
    from given g
  ), booked as (
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor, booked_at
    )
    select p_merchant, g.campaign_id, campaign_currency[share_campaign[p_share_nos[g.i]]], 'voucher',
           g.voucher_id, r_from[g.i], 'issued', r_value[g.i], g.now
    from given g
  ), decided as (
    insert into decisions (
      merchant_id, point, subject_id, person_id, candidates, chosen_id, chosen_by, propensity, reasons,
      model, learnable, decided_at
    )
    select p_merchant, 'voucher', g.claim_id, g.person_id, p_candidates[g.i]::json, g.template_id,
           case r_result[g.i] when 'fallback' then 'fallback' else p_chosen_by[g.i] end,
           p_propensities[g.i], p_reasons[g.i]::json, p_models[g.i],
           -- what was chosen is what was given
           p_models[g.i] <> '' and (r_result[g.i] = 'allocated' or p_presets[g.i] is not null), g.now
    from given g
  ), told as (
    insert into outbox (merchant_id, id, kind, person_id, payload, created_at, due_at)
    select p_merchant, 'voucher:' || g.voucher_id, 'voucher_issued', g.person_id,
           jsonb_build_object('voucherId', g.voucher_id), g.now, g.now
    from given g
  ), known as (
    insert into memberships (person_id, merchant_id)
    select g.person_id, p_merchant from given g where p_presets[g.i] = 'stranger' or is_anybody_erased
    order by g.person_id
    on conflict do nothing
  )
  insert into customers (merchant_id, person_id, first_seen_at)
  select p_merchant, g.person_id, g.now from given g where p_presets[g.i] = 'stranger' or is_anybody_erased
  order by g.person_id
  on conflict do nothing;

  -- who got something has opened the share, as their claim says; of everybody else it is noted here
  if number_given < asks then
    insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id, reason, happened_at)
    select p_merchant, done.kind, p_shares[p_share_nos[n.i]], p_people[n.i],
           share_campaign_id[p_share_nos[n.i]], r_reason[n.i], campaign_now[share_campaign[p_share_nos[n.i]]]
    from generate_series(1, asks) n (i)
    cross join (values ('share_opened'), ('claim_refused')) done (kind)
    where r_template[n.i] is null and (done.kind = 'share_opened' or r_result[n.i] <> 'repeated')
    order by 2, 3, 4
    on conflict do nothing;
  end if;

  return query
    select r_result[n.i], r_reason[n.i], r_voucher[n.i],
           case when r_template[n.i] is not null then r_code[n.i] end,
           p_templates[r_template[n.i]], r_value[n.i],
           case when r_template[n.i] is not null then campaign_now[share_campaign[p_share_nos[n.i]]] end,
           template_expiry[r_template[n.i]]
    from generate_series(1, asks) n (i);
end;
$$;

-- Shares and their campaigns as the decisions of a batch need to know them, in one reading. It decides
-- nothing: the claim looks again.
create function claim_facts(p_merchant text, p_shares text[])
returns table (shares json, campaigns json) language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
begin
  return query
    with asked as materialized (
      select s.id, s.campaign_id, s.status, s.slots, s.seed, s.sharer_id from shares s
      where s.merchant_id = p_merchant and s.id = any (p_shares)
    )
    select
      (
        select json_agg(json_build_object(
          'shareId', a.id, 'campaignId', a.campaign_id, 'status', a.status, 'slots', a.slots, 'seed', a.seed,
          'sharerId', a.sharer_id
        ))
        from asked a
      ),
      (
        select json_agg(json_build_object(
          'campaignId', c.id, 'merchantName', (select m.name from merchants m where m.id = p_merchant),
          'currency', c.currency, 'zone', c.zone, 'mode', c.mode, 'potMinor', c.pot_minor,
          'validDays', c.valid_days, 'lambda', coalesce((
            select p.lambda from pacings p where p.merchant_id = p_merchant and p.campaign_id = c.id
          ), 0),
          'drawMinMinor', c.draw_min_minor, 'drawMaxMinor', c.draw_max_minor,
          'templates', (
            select coalesce(json_agg(json_strip_nulls(json_build_object(
              'id', v.id, 'traits', v.traits,
              'left', case when v.has_own_codes then least(v.quantity - v.issued, v.codes_made - v.codes_taken)
                      else v.quantity - v.issued end,
              'isFallback', v.is_fallback, 'valueMinor', v.value_minor, 'leastBp', v.least_bp,
              'mostBp', v.most_bp,
              'name', v.name, 'kind', v.kind, 'percentBp', v.percent_bp, 'minSpendMinor', v.min_spend_minor,
              'storeName', s.name, 'storeAddress', s.address, 'storeZone', s.zone,
              'storeNames', case when v.store_id is null and cardinality(c.store_ids) > 0 then (
                select json_agg(x.name order by x.name) from stores x
                where x.merchant_id = v.merchant_id and x.id = any (c.store_ids)
              ) end,
              'hours', case when (v.use_weekdays, v.use_from_minute, v.use_to_minute) <> (127, 0, 1440)
                then json_build_object(
                  'weekdays', v.use_weekdays, 'fromMinute', v.use_from_minute, 'toMinute', v.use_to_minute
                ) end
            )) order by v.id), '[]')
            from voucher_templates v
            left join lateral (
              select x.name, x.address, x.zone from stores x
              where x.merchant_id = v.merchant_id and x.id = v.store_id
              limit 1
            ) s on true
            where v.merchant_id = p_merchant and v.campaign_id = c.id and not v.is_reward
          )
        ))
        from campaigns c
        where c.merchant_id = p_merchant and c.id = any (array(select distinct a.campaign_id from asked a))
      );
end;
$$;
