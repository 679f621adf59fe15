-- The claim again, for a share that thousands open at once: every plan is made once and kept.
--
-- A kept plan must be good for tables that grow. So each lookup has all columns of one unique key, no
-- join that the planner could turn round, and reads whole tables never; and claims have one index only,
-- whose every column is given.

alter table claims drop constraint claims_pkey;
drop index one_claim_per_person;
alter table claims add constraint one_claim_per_person
  primary key (merchant_id, campaign_id, person_id, scope);

-- Whoever has a row here is known: an order or a claim has made it. How often somebody claimed was one
-- more row to rewrite with each claim; vouchers tell it.
alter table customers drop column claims_count;

-- Written with each claim and read now and then: kept as it was written.
alter table decisions
  alter column candidates type json,
  alter column reasons drop default,
  alter column reasons type json,
  alter column reasons set default '[]';

drop function claim_vouchers(text, text[], text[], text[], text[], text[], text[], text[]);
drop function write_claims(
  text, timestamptz, text[], text[], text[], text[], text[], text[], bigint[], text[], text[], text[], text[]
);

-- One call decides a batch of asks of one merchant, in order of arrival, and writes what it gives.
--
-- Locks are taken in one order: shares, campaigns, templates (each sorted by id), and what is read is
-- what the lock was given for. Whoever claims in a campaign holds its row, so nobody can claim the same
-- key meanwhile. The time is the database's after the locks (`now()` would be the time before waiting).
--
-- p_shares and p_templates hold each id once, sorted by their bytes: the shares asked for, the templates
-- chosen and the fallbacks. An ask, the same place in all other arrays, is a claim id, the number of a
-- share, a person, the number of the template chosen (null for a stranger, 0 where nothing was left to
-- choose from), what a decision record says of the choice, and the voucher id and code to use if there
-- is one to give.
--
-- Answers in the order of the asks; template, worth and dates only of what is new.
create function claim_vouchers(
  p_merchant text,
  p_shares text[],
  p_templates text[],
  p_claims text[],
  p_share_nos integer[],
  p_people text[],
  p_template_nos integer[],
  p_candidates text[],
  p_chosen_by text[],
  p_propensities double precision[],
  p_reasons text[],
  p_model text,
  p_vouchers text[],
  p_codes text[]
) returns table (
  result text,
  reason text,
  voucher_id text,
  template_id text,
  value_minor bigint,
  issued_at timestamptz,
  expires_at timestamptz
) language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  v_now timestamptz;
  ask record;
  i integer; -- the number of an ask, a share, a campaign, a template
  s integer;
  c integer;
  t integer;
  -- one entry per share
  share_ids text[];
  share_campaign_id text[];
  share_campaign integer[];
  share_status text[];
  share_sharer text[];
  share_slots integer[];
  share_ends timestamptz[];
  share_scope text[];
  share_refusal text[];
  share_refusal_reason text[];
  share_left integer[];
  share_given integer[];
  -- one entry per campaign
  campaign_ids text[];
  campaign_status text[];
  campaign_is_random boolean[];
  campaign_scope text[];
  campaign_sharer_may boolean[];
  campaign_currency text[];
  campaign_starts timestamptz[];
  campaign_ends timestamptz[];
  campaign_validity timestamptz[];
  campaign_fallback integer[];
  campaign_left bigint[];
  campaign_issued bigint[];
  campaign_from_pots bigint[];
  -- one entry per template
  template_ids text[];
  template_campaign integer[];
  template_is_fallback boolean[];
  template_value bigint[];
  template_left integer[];
  template_given integer[];
  -- one entry per ask; the number of a template only where there is something to give
  asks constant integer := cardinality(p_claims);
  r_result text[];
  r_reason text[];
  r_voucher text[];
  r_template integer[];
  r_value bigint[];
  r_from text[];
begin
  -- what there is: each row is locked, and read as it was locked
  select array_agg(x.id), array_agg(x.campaign_id), array_agg(x.status), array_agg(x.sharer_id),
         array_agg(x.slots), array_agg(x.expires_at), array_agg(0),
         array_agg(case when x.status = 'open' then x.slots - x.taken else 0 end)
    into share_ids, share_campaign_id, share_status, share_sharer, share_slots, share_ends, share_given,
         share_left
  from (
    select y.id, y.campaign_id, y.status, y.sharer_id, y.slots, y.taken, y.expires_at from shares y
    where y.merchant_id = p_merchant and y.id = any (p_shares)
    order by y.id collate "C" for update
  ) x;

  select array_agg(x.id), array_agg(x.status), array_agg(x.mode = 'random'), array_agg(x.claim_scope),
         array_agg(x.sharer_may_claim), array_agg(x.currency), array_agg(x.starts_at), array_agg(x.ends_at),
         array_agg(end_of_validity(clock_timestamp(), x.zone, x.valid_days)),
         array_agg(x.budget_minor - x.reserved_minor - x.issued_minor), array_agg(0), array_agg(0)
    into campaign_ids, campaign_status, campaign_is_random, campaign_scope, campaign_sharer_may,
         campaign_currency, campaign_starts, campaign_ends, campaign_validity, campaign_left,
         campaign_issued, campaign_from_pots
  from (
    select y.* from campaigns y
    where y.merchant_id = p_merchant and y.id = any (share_campaign_id)
    order by y.id collate "C" for update
  ) x;

  select array_agg(x.id), array_agg(array_position(campaign_ids, x.campaign_id)), array_agg(x.is_fallback),
         array_agg(x.value_minor), array_agg(x.quantity - x.issued), array_agg(0)
    into template_ids, template_campaign, template_is_fallback, template_value, template_left,
         template_given
  from (
    select y.id, y.campaign_id, y.is_fallback, y.value_minor, y.quantity, y.issued from voucher_templates y
    where y.merchant_id = p_merchant and y.id = any (p_templates)
    order by y.id collate "C" for update
  ) x;

  if share_ids is distinct from p_shares or coalesce(template_ids, '{}') <> p_templates then
    raise exception 'shares and templates must be there, each once, sorted';
  end if;
  v_now := clock_timestamp();

  -- what is said of a share before anybody's own case is looked at
  select array_agg(n.c), array_agg(case campaign_scope[n.c] when 'share' then share_ids[n.s] else '' end),
         array_agg(split_part(n.refusal, ' ', 1)), array_agg(split_part(n.refusal, ' ', 2))
    into share_campaign, share_scope, share_refusal, share_refusal_reason
  from (
    select m.s, m.c,
           case
             when campaign_status[m.c] = 'stopped' then 'revoked campaign_stopped'
             when share_status[m.s] = 'revoked' then 'revoked share_revoked'
             when share_status[m.s] = 'expired' or v_now >= share_ends[m.s] then 'expired share_expired'
             when v_now >= campaign_ends[m.c] then 'expired campaign_ended'
             when v_now < campaign_starts[m.c] then 'ineligible not_started'
             when campaign_status[m.c] <> 'active' then 'ineligible campaign_paused'
           end as refusal
    from (
      select y.s, array_position(campaign_ids, share_campaign_id[y.s]) as c
      from generate_series(1, cardinality(share_ids)) y (s)
    ) m
  ) n;
  select array_agg((
           select min(y.t) from generate_series(1, cardinality(template_ids)) y (t)
           where template_is_fallback[y.t] and template_campaign[y.t] = n.c
         ))
    into campaign_fallback
  from generate_series(1, cardinality(campaign_ids)) n (c);

  for ask in
    select a.i, a.share_no, a.person_id, a.template_no,
           (
             select k.voucher_id from claims k
             where k.merchant_id = p_merchant and k.campaign_id = share_campaign_id[a.share_no]
               and k.person_id = a.person_id and k.scope = share_scope[a.share_no]
           ) as voucher_id,
           first_value(a.i) over (
             partition by a.person_id, share_campaign[a.share_no], share_scope[a.share_no] order by a.i
           ) as first_ask
    from unnest(p_share_nos, p_people, p_template_nos) with ordinality
      as a (share_no, person_id, template_no, i)
    order by a.i
  loop
    i := ask.i;
    s := ask.share_no;
    c := share_campaign[s];
    t := ask.template_no;
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
    else
      if t is null then
        r_reason[i] := 'stranger';
      elsif template_campaign[t] is distinct from c or template_is_fallback[t] then
        r_reason[i] := 'none_left';
      elsif share_status[s] = 'draft' then
        r_reason[i] := 'budget_used_up';
      elsif share_left[s] <= 0 then
        r_reason[i] := 'share_used_up';
      elsif template_left[t] <= 0 then
        r_reason[i] := 'template_used_up';
      elsif not campaign_is_random[c] and campaign_left[c] < template_value[t] then
        r_reason[i] := 'budget_used_up';
      else
        r_result[i] := 'allocated';
        if campaign_is_random[c] then
          r_from[i] := 'reserved';
          r_value[i] := (
            select x.amount_minor from slots x
            where x.merchant_id = p_merchant and x.share_id = p_shares[s]
              and x.position = share_slots[s] - share_left[s] + 1
          );
          campaign_from_pots[c] := campaign_from_pots[c] + r_value[i];
        else
          r_from[i] := 'available';
          r_value[i] := template_value[t];
          campaign_left[c] := campaign_left[c] - r_value[i];
        end if;
        campaign_issued[c] := campaign_issued[c] + r_value[i];
        share_left[s] := share_left[s] - 1;
        share_given[s] := share_given[s] + 1;
      end if;

      if r_result[i] is null then
        t := campaign_fallback[c];
        if template_left[t] > 0 then
          r_result[i] := 'fallback';
          r_from[i] := 'fallback';
          r_value[i] := template_value[t];
        else
          r_result[i] := 'exhausted';
          t := null;
        end if;
      end if;
      if t is not null then
        template_left[t] := template_left[t] - 1;
        template_given[t] := template_given[t] + 1;
        r_template[i] := t;
        r_voucher[i] := p_vouchers[i];
      end if;
    end if;
  end loop;

  with given as materialized (
    select n.i, p_people[n.i] as person_id, p_claims[n.i] as claim_id, p_vouchers[n.i] as voucher_id,
           p_templates[r_template[n.i]] as template_id, share_campaign_id[p_share_nos[n.i]] as campaign_id
    from generate_series(1, asks) n (i)
    where r_template[n.i] is not null
  ), shares_taken as (
    update shares x set
      taken = x.taken + share_given[array_position(p_shares, x.id)],
      status = case when x.taken + share_given[array_position(p_shares, x.id)] = x.slots
               then 'exhausted' else x.status end,
      closed_at = case when x.taken + share_given[array_position(p_shares, x.id)] = x.slots
                  then v_now else x.closed_at end
    where x.merchant_id = p_merchant and x.id = any (p_shares)
      and share_given[array_position(p_shares, x.id)] > 0
  ), campaigns_spent as (
    update campaigns x set
      issued_minor = x.issued_minor + campaign_issued[array_position(campaign_ids, x.id)],
      reserved_minor = x.reserved_minor - campaign_from_pots[array_position(campaign_ids, x.id)]
    where x.merchant_id = p_merchant and x.id = any (campaign_ids)
      and campaign_issued[array_position(campaign_ids, x.id)] > 0
  ), templates_issued as (
    update voucher_templates x set issued = x.issued + template_given[array_position(p_templates, x.id)]
    where x.merchant_id = p_merchant and x.id = any (p_templates)
      and template_given[array_position(p_templates, x.id)] > 0
  ), claimed as (
    insert into claims (
      merchant_id, id, campaign_id, share_id, person_id, scope, result, reason, voucher_id, claimed_at
    )
    select p_merchant, g.claim_id, g.campaign_id, p_shares[p_share_nos[g.i]], g.person_id,
           share_scope[p_share_nos[g.i]], r_result[g.i], r_reason[g.i], g.voucher_id, v_now
    from given g
  ), issued as (
    insert into vouchers (
      merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at
    )
    select p_merchant, g.voucher_id, g.campaign_id, g.template_id, g.claim_id, g.person_id, p_codes[g.i],
           r_value[g.i], v_now, campaign_validity[share_campaign[p_share_nos[g.i]]]
    from given g
  ), booked as (
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor, booked_at
    )
    select p_merchant, g.campaign_id, campaign_currency[share_campaign[p_share_nos[g.i]]], 'voucher',
           g.voucher_id, r_from[g.i], 'issued', r_value[g.i], v_now
    from given g
  ), decided as (
    insert into decisions (
      merchant_id, point, subject_id, person_id, candidates, chosen_id, chosen_by, propensity, reasons,
      model, learnable, decided_at
    )
    select p_merchant, 'voucher', g.claim_id, g.person_id, p_candidates[g.i]::json, g.template_id,
           case r_result[g.i] when 'fallback' then 'fallback' else p_chosen_by[g.i] end,
           p_propensities[g.i], p_reasons[g.i]::json, p_model, r_result[g.i] = 'allocated', v_now
    from given g
  ), told as (
    insert into outbox (merchant_id, id, kind, person_id, payload, created_at, due_at)
    select p_merchant, 'voucher:' || g.voucher_id, 'voucher_issued', g.person_id,
           jsonb_build_object('voucherId', g.voucher_id), v_now, v_now
    from given g
  ), known as (
    insert into memberships (person_id, merchant_id)
    select g.person_id, p_merchant from given g where p_template_nos[g.i] is null
    order by g.person_id
    on conflict do nothing
  )
  insert into customers (merchant_id, person_id, first_seen_at)
  select p_merchant, g.person_id, v_now from given g where p_template_nos[g.i] is null
  order by g.person_id
  on conflict do nothing;

  -- who got something has opened the share, as their claim says; of everybody else it is noted here
  if cardinality(array_remove(r_template, null)) is distinct from asks then
    insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id, reason, happened_at)
    select p_merchant, done.kind, p_shares[p_share_nos[n.i]], p_people[n.i],
           share_campaign_id[p_share_nos[n.i]], r_reason[n.i], v_now
    from generate_series(1, asks) n (i)
    cross join (values ('share_opened'), ('claim_refused')) done (kind)
    where r_template[n.i] is null and (done.kind = 'share_opened' or r_result[n.i] <> 'repeated')
    order by 2, 3, 4
    on conflict do nothing;
  end if;

  return query
    select r_result[n.i], r_reason[n.i], r_voucher[n.i], p_templates[r_template[n.i]], r_value[n.i],
           case when r_template[n.i] is not null then v_now end,
           case when r_template[n.i] is not null
           then campaign_validity[share_campaign[p_share_nos[n.i]]] end
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
      select s.id, s.campaign_id, s.status, s.slots, s.seed from shares s
      where s.merchant_id = p_merchant and s.id = any (p_shares)
    )
    select
      (
        select json_agg(json_build_object(
          'shareId', a.id, 'campaignId', a.campaign_id, 'status', a.status, 'slots', a.slots, 'seed', a.seed
        ))
        from asked a
      ),
      (
        select json_agg(json_build_object(
          'campaignId', c.id, 'merchantName', (select m.name from merchants m where m.id = p_merchant),
          'currency', c.currency, 'zone', c.zone, 'mode', c.mode, 'potMinor', c.pot_minor,
          'drawMinMinor', c.draw_min_minor, 'drawMaxMinor', c.draw_max_minor,
          'templates', (
            select coalesce(json_agg(json_strip_nulls(json_build_object(
              'id', v.id, 'traits', v.traits, 'left', v.quantity - v.issued, 'isFallback', v.is_fallback,
              'name', v.name, 'kind', v.kind, 'percentBp', v.percent_bp, 'minSpendMinor', v.min_spend_minor,
              'storeName', s.name, 'storeAddress', s.address
            )) order by v.id), '[]')
            from voucher_templates v
            left join lateral (
              select x.name, x.address from stores x
              where x.merchant_id = v.merchant_id and x.id = v.store_id
              limit 1
            ) s on true
            where v.merchant_id = p_merchant and v.campaign_id = c.id
          )
        ))
        from campaigns c
        where c.merchant_id = p_merchant and c.id = any (array(select distinct a.campaign_id from asked a))
      );
end;
$$;
