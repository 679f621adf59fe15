-- A voucher is valid through its last day: until midnight in the zone of its campaign, so many days on.
create function end_of_validity(p_from timestamptz, p_zone text, p_days integer) returns timestamptz
language sql stable as $$
  select (date_trunc('day', p_from at time zone p_zone) + make_interval(days => p_days + 1)) at time zone p_zone
$$;

-- The claim. One call decides a batch of asks of one merchant, in order of arrival.
--
-- Locks are taken in one order: shares, campaigns, templates (each sorted by id). Whoever claims in a
-- campaign holds its row, so nobody can claim the same key meanwhile; counters are read after the
-- locks. The time is the database's after the locks (`now()` would be the time before waiting). Answers
-- in the order of the asks; template, worth and dates only of what is new.
--
-- An ask: a claim id, a share, a person, the chosen template (null for a stranger, '' where nothing was
-- left to choose from), the account of why, and the voucher id and code to use if there is one to give.
-- Arrays run in parallel.
create function claim_vouchers(
  p_merchant text,
  p_claims text[],
  p_shares text[],
  p_people text[],
  p_templates text[],
  p_decisions text[],
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
-- A plan kept from when the tables were small would read all that a merchant has, so none is kept.
set plan_cache_mode = force_custom_plan
as $$
declare
  asks constant integer := cardinality(p_claims);
  v_campaigns text[];
  v_now timestamptz;
  ask record;
  -- one entry per share, campaign and template, in order of id
  share_left integer[];
  template_ids text[];
  template_left integer[];
  campaign_left bigint[];
  -- one entry per ask
  r_result text[] := array_fill(null::text, array[asks]);
  r_reason text[] := array_fill(null::text, array[asks]);
  r_template text[] := array_fill(null::text, array[asks]);
  r_value bigint[] := array_fill(null::bigint, array[asks]);
  r_from text[] := array_fill(null::text, array[asks]);
  r_voucher text[] := array_fill(null::text, array[asks]);
  r_first integer[] := array_fill(null::integer, array[asks]);
  t integer;
  i integer;
begin
  select array_agg(distinct s.campaign_id order by s.campaign_id) into v_campaigns
  from shares s where s.merchant_id = p_merchant and s.id = any (p_shares);

  perform 1 from shares s where s.merchant_id = p_merchant and s.id = any (p_shares)
    order by s.id for update;
  perform 1 from campaigns c where c.merchant_id = p_merchant and c.id = any (v_campaigns)
    order by c.id for update;
  perform 1 from voucher_templates v where v.merchant_id = p_merchant and v.campaign_id = any (v_campaigns)
    order by v.id for update;
  v_now := clock_timestamp();

  select array_agg(case when s.status = 'open' then s.slots - s.taken else 0 end order by s.id)
    into share_left
  from shares s where s.merchant_id = p_merchant and s.id = any (p_shares);
  select array_agg(c.budget_minor - c.reserved_minor - c.issued_minor order by c.id) into campaign_left
  from campaigns c where c.merchant_id = p_merchant and c.id = any (v_campaigns);
  select array_agg(v.id order by v.id), array_agg(v.quantity - v.issued order by v.id)
    into template_ids, template_left
  from voucher_templates v where v.merchant_id = p_merchant and v.campaign_id = any (v_campaigns);

  for ask in
    select a.i, s.id as share_id, s.status, s.slots, s.expires_at, s.sharer_id, s.pot_minor, s.share_no,
           c.id as campaign_id, c.status as campaign_status, c.mode, c.starts_at, c.ends_at,
           c.sharer_may_claim, c.campaign_no, a.person_id, a.template_id,
           chosen.value_minor, chosen.is_fallback as chose_fallback,
           f.id as fallback_id, f.value_minor as fallback_value,
           (
             select k.voucher_id from claims k
             where k.merchant_id = p_merchant and k.campaign_id = c.id
               and k.scope = case c.claim_scope when 'share' then s.id else '' end
               and k.person_id = a.person_id
           ) as voucher_id,
           first_value(a.i) over (
             partition by c.id, case c.claim_scope when 'share' then s.id else '' end, a.person_id
             order by a.i
           ) as first_ask
    from unnest(p_shares, p_people, p_templates)
           with ordinality as a (share_id, person_id, template_id, i)
    left join (
      select *, row_number() over (order by id)::integer as share_no from shares
      where merchant_id = p_merchant and id = any (p_shares)
    ) s on s.id = a.share_id
    left join (
      select *, row_number() over (order by id)::integer as campaign_no from campaigns
      where merchant_id = p_merchant and id = any (v_campaigns)
    ) c on c.id = s.campaign_id
    left join voucher_templates chosen on chosen.merchant_id = p_merchant
      and chosen.id = a.template_id and chosen.campaign_id = c.id
    left join voucher_templates f on f.merchant_id = p_merchant
      and f.campaign_id = c.id and f.is_fallback
    order by a.i
  loop
    i := ask.i;
    r_first[i] := ask.first_ask;
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
    elsif ask.share_id is null then
      r_result[i] := 'ineligible'; r_reason[i] := 'unknown_share';
    elsif ask.campaign_status = 'stopped' then
      r_result[i] := 'revoked'; r_reason[i] := 'campaign_stopped';
    elsif ask.status = 'revoked' then
      r_result[i] := 'revoked'; r_reason[i] := 'share_revoked';
    elsif ask.status = 'expired' or v_now >= ask.expires_at then
      r_result[i] := 'expired'; r_reason[i] := 'share_expired';
    elsif v_now >= ask.ends_at then
      r_result[i] := 'expired'; r_reason[i] := 'campaign_ended';
    elsif v_now < ask.starts_at then
      r_result[i] := 'ineligible'; r_reason[i] := 'not_started';
    elsif ask.campaign_status <> 'active' then
      r_result[i] := 'ineligible'; r_reason[i] := 'campaign_paused';
    elsif ask.person_id = ask.sharer_id and not ask.sharer_may_claim then
      r_result[i] := 'ineligible'; r_reason[i] := 'sharer_self';
    else
      t := array_position(template_ids, ask.template_id);
      if ask.template_id is null then
        r_reason[i] := 'stranger';
      elsif ask.value_minor is null or ask.chose_fallback then
        r_reason[i] := 'none_left';
      elsif ask.status = 'draft' then
        r_reason[i] := 'budget_used_up';
      elsif share_left[ask.share_no] <= 0 then
        r_reason[i] := 'share_used_up';
      elsif template_left[t] <= 0 then
        r_reason[i] := 'template_used_up';
      elsif ask.mode = 'matched' and campaign_left[ask.campaign_no] < ask.value_minor then
        r_reason[i] := 'budget_used_up';
      else
        r_result[i] := 'allocated';
        r_template[i] := ask.template_id;
        template_left[t] := template_left[t] - 1;
        if ask.mode = 'random' then
          r_from[i] := 'reserved';
          r_value[i] := (
            select slot.amount_minor from slots slot
            where slot.merchant_id = p_merchant and slot.share_id = ask.share_id
              and slot.position = ask.slots - share_left[ask.share_no] + 1
          );
        else
          r_from[i] := 'available';
          r_value[i] := ask.value_minor;
          campaign_left[ask.campaign_no] := campaign_left[ask.campaign_no] - ask.value_minor;
        end if;
        share_left[ask.share_no] := share_left[ask.share_no] - 1;
      end if;

      if r_result[i] is null then
        t := array_position(template_ids, ask.fallback_id);
        if t is not null and template_left[t] > 0 then
          r_result[i] := 'fallback';
          r_template[i] := ask.fallback_id;
          r_value[i] := ask.fallback_value;
          r_from[i] := 'fallback';
          template_left[t] := template_left[t] - 1;
        else
          r_result[i] := 'exhausted';
        end if;
      end if;
      if r_template[i] is not null then
        r_voucher[i] := p_vouchers[i];
      end if;
    end if;
  end loop;

  if exists (select 1 from unnest(r_template) as given (template_id) where given.template_id is not null) then
    perform write_claims(
      p_merchant, v_now, p_claims, p_shares, p_people, r_result, r_reason, r_template, r_value, r_from,
      p_decisions, p_vouchers, p_codes
    );
  end if;
  -- who got something has opened the share, as their claim says; of everybody else it is noted here
  insert into usage_events (merchant_id, kind, subject_id, person_id, campaign_id, reason, happened_at)
  select p_merchant, done.kind, s.id, a.person_id, s.campaign_id, a.reason, v_now
  from unnest(p_shares, p_people, r_result, r_reason, r_template)
    as a (share_id, person_id, result, reason, template_id)
  join shares s on s.merchant_id = p_merchant and s.id = a.share_id
  join lateral (
    values ('share_opened'), (case when a.result <> 'repeated' then 'claim_refused' end)
  ) done (kind) on done.kind is not null
  where a.template_id is null
  order by done.kind, s.id, a.person_id
  on conflict do nothing;

  return query
    select a.result, a.reason, a.voucher_id, a.template_id, a.value_minor,
           case when a.template_id is not null then v_now end,
           case when a.template_id is not null then end_of_validity(v_now, c.zone, c.valid_days) end
    from unnest(p_shares, r_result, r_reason, r_voucher, r_template, r_value)
      with ordinality as a (share_id, result, reason, voucher_id, template_id, value_minor, i)
    left join shares s on s.merchant_id = p_merchant and s.id = a.share_id
    left join campaigns c on c.merchant_id = p_merchant and c.id = s.campaign_id
    order by a.i;
end;
$$;

-- Writes what claim_vouchers has decided: counters, claims, vouchers, ledger, decisions, what people are told.
-- Entries without a template were refused or repeated and write nothing.
create function write_claims(
  p_merchant text,
  p_now timestamptz,
  p_claims text[],
  p_shares text[],
  p_people text[],
  p_results text[],
  p_reasons text[],
  p_templates text[],
  p_values bigint[],
  p_accounts text[],
  p_decisions text[],
  p_vouchers text[],
  p_codes text[]
) returns void language plpgsql as $$
begin
  with given as (
    select a.*, s.campaign_id, c.currency,
           case c.claim_scope when 'share' then s.id else '' end as scope,
           end_of_validity(p_now, c.zone, c.valid_days) as expires_at
    from unnest(
      p_claims, p_shares, p_people, p_results, p_reasons, p_templates, p_values, p_accounts,
      p_decisions, p_vouchers, p_codes
    ) as a (
      claim_id, share_id, person_id, result, reason, template_id, value_minor, account,
      decision, voucher_id, code
    )
    join shares s on s.merchant_id = p_merchant and s.id = a.share_id
    join campaigns c on c.merchant_id = p_merchant and c.id = s.campaign_id
    where a.template_id is not null
  ), shares_taken as (
    update shares s set
      taken = s.taken + g.count,
      status = case when s.taken + g.count = s.slots then 'exhausted' else s.status end,
      closed_at = case when s.taken + g.count = s.slots then p_now else s.closed_at end
    from (
      select share_id, count(*)::integer as count from given where result = 'allocated' group by share_id
    ) g
    where s.merchant_id = p_merchant and s.id = g.share_id
  ), campaigns_spent as (
    update campaigns c set
      issued_minor = c.issued_minor + g.issued,
      reserved_minor = c.reserved_minor - g.from_pots
    from (
      select campaign_id, sum(value_minor)::bigint as issued,
             coalesce(sum(value_minor) filter (where account = 'reserved'), 0)::bigint as from_pots
      from given where account <> 'fallback' group by campaign_id
    ) g
    where c.merchant_id = p_merchant and c.id = g.campaign_id
  ), templates_issued as (
    update voucher_templates v set issued = v.issued + g.count
    from (select template_id, count(*)::integer as count from given group by template_id) g
    where v.merchant_id = p_merchant and v.id = g.template_id
  ), claimed as (
    insert into claims (
      merchant_id, id, campaign_id, share_id, person_id, scope, result, reason, voucher_id, claimed_at
    )
    select p_merchant, claim_id, campaign_id, share_id, person_id, scope, result, reason, voucher_id, p_now
    from given
  ), issued as (
    insert into vouchers (
      merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at
    )
    select p_merchant, voucher_id, campaign_id, template_id, claim_id, person_id, code, value_minor, p_now,
           expires_at
    from given
  ), booked as (
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor, booked_at
    )
    select p_merchant, campaign_id, currency, 'voucher', voucher_id, account, 'issued', value_minor, p_now
    from given
  ), decided as (
    insert into decisions (
      merchant_id, point, subject_id, person_id, candidates, chosen_id, chosen_by, propensity, reasons,
      model, learnable, decided_at
    )
    select p_merchant, 'voucher', claim_id, person_id, d.candidates, template_id,
           case when result = 'fallback' then 'fallback' else d.chosen_by end, d.propensity, d.reasons,
           d.model, result = 'allocated', p_now
    from given, jsonb_to_record(decision::jsonb) as d (
      candidates jsonb, chosen_by text, propensity double precision, reasons jsonb, model text
    )
  ), told as (
    insert into outbox (merchant_id, id, kind, person_id, payload, created_at, due_at)
    select p_merchant, 'voucher:' || voucher_id, 'voucher_issued', person_id,
           jsonb_build_object('voucherId', voucher_id), p_now, p_now
    from given
  ), known as (
    insert into memberships (person_id, merchant_id)
    select distinct person_id, p_merchant from given order by person_id
    on conflict do nothing
  )
  insert into customers (merchant_id, person_id, first_seen_at, claims_count)
  select p_merchant, person_id, p_now, count(*)::integer from given group by person_id order by person_id
  on conflict (merchant_id, person_id)
  do update set claims_count = customers.claims_count + excluded.claims_count;
end;
$$;
