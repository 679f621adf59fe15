-- Spending: amounts kept for a till, the rules at the till in one place, what is given back by items, and
-- what becomes of redemptions and vouchers when an order is cancelled or paid back.

alter table vouchers
  add column held_minor counter_minor not null default 0,
  drop constraint spent_within_value,
  add constraint spent_within_value check (redeemed_minor + unused_minor + held_minor <= value_minor);

-- An amount of a voucher that only whoever holds it may spend, until its end. `held_minor` of the voucher is
-- the sum of those whose status is 'held'; one that is past its end keeps nobody from spending.
create table holds (
  merchant_id text not null references merchants (id),
  id text not null,
  voucher_id text not null,
  request_id text not null check (length(request_id) between 1 and 128),
  request_hash text not null,
  amount_minor positive_minor not null,
  status text not null default 'held' check (status in ('held', 'captured', 'released', 'expired')),
  held_by text not null,
  store_id text,
  redemption_id text,
  held_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (merchant_id, id),
  constraint captured_by_a_redemption check ((status = 'captured') = (redemption_id is not null)),
  constraint ended_or_held check ((status = 'held') = (ended_at is null))
);
create unique index one_hold_per_request on holds (merchant_id, request_id);
create index holds_of_voucher on holds (merchant_id, voucher_id) where status = 'held';
create index holds_to_expire on holds (expires_at) where status = 'held';

-- What was paid for: the number on the receipt and what the order came to.
alter table redemptions
  add column order_source_id text check (length(order_source_id) between 1 and 128),
  add column order_minor counter_minor;
create index redemptions_by_order on redemptions (merchant_id, order_source_id)
  where order_source_id is not null;

alter table rollbacks
  add column balance_before_minor counter_minor,
  -- what was brought back: [{"sku", "quantity"}]
  add column items jsonb;
update rollbacks set balance_before_minor = greatest(balance_after_minor - amount_minor, 0)
where merchant_id is not null;
alter table rollbacks alter column balance_before_minor set not null;

create index cancellations_that_wait on cancellations (merchant_id, order_source_id) where order_id is null;

drop function redeem_voucher(text, text, text, bigint, text, text, text, text);
drop function roll_back_redemption(text, text, text, bigint, text, text, text, text);
drop function expire_vouchers(text, integer);

-- What a voucher's amounts say of it. What is over stays over.
create function status_of_voucher(
  p_status text, p_value bigint, p_redeemed bigint, p_unused bigint, p_held bigint
) returns text language sql immutable as $$
  select case
    when p_status in ('expired', 'revoked') then p_status
    when p_redeemed + p_unused = p_value then 'redeemed'
    when p_redeemed + p_unused + p_held = p_value then 'held'
    when p_redeemed > 0 then 'partially_redeemed'
    else 'issued' end
$$;

-- How much of a voucher is kept for tills at a moment.
create function held_at(p_merchant text, p_voucher text, p_at timestamptz) returns bigint
language sql stable as $$
  select coalesce(sum(amount_minor), 0)::bigint from holds
  where merchant_id = p_merchant and voucher_id = p_voucher and status = 'held' and expires_at > p_at
$$;

-- Ends all holds of vouchers. Whoever calls it has locked the vouchers.
create function end_holds(p_merchant text, p_vouchers text[], p_as text) returns void language sql as $$
  update holds set status = p_as, ended_at = clock_timestamp()
  where merchant_id = p_merchant and voucher_id = any (p_vouchers) and status = 'held';
  update vouchers set
    held_minor = 0,
    status = status_of_voucher(status, value_minor, redeemed_minor, unused_minor, 0)
  where merchant_id = p_merchant and id = any (p_vouchers) and held_minor > 0;
$$;

-- Ends the holds of a voucher that are past their end. Whoever calls it has locked the voucher.
create function end_due_holds(p_merchant text, p_voucher text) returns void language sql as $$
  with due as (
    update holds set status = 'expired', ended_at = clock_timestamp()
    where merchant_id = p_merchant and voucher_id = p_voucher and status = 'held'
      and expires_at <= clock_timestamp()
    returning amount_minor
  )
  update vouchers set
    held_minor = held_minor - freed.amount,
    status = status_of_voucher(status, value_minor, redeemed_minor, unused_minor, held_minor - freed.amount)
  from (select sum(amount_minor)::bigint as amount from due) freed
  where merchant_id = p_merchant and id = p_voucher and freed.amount > 0;
$$;

-- Ends holds that are past their end, of at most `p_limit` vouchers; answers of how many.
create function expire_holds(p_merchant text, p_limit integer) returns integer language plpgsql as $$
declare
  v_vouchers text[];
begin
  select array_agg(locked.id) into v_vouchers
  from (
    select v.id from vouchers v
    where v.merchant_id = p_merchant and v.id in (
      select h.voucher_id from holds h
      where h.merchant_id = p_merchant and h.status = 'held' and h.expires_at <= clock_timestamp()
      order by h.expires_at limit p_limit
    )
    order by v.id for update skip locked
  ) locked;
  perform end_due_holds(p_merchant, due.id) from unnest(v_vouchers) as due (id);
  return coalesce(cardinality(v_vouchers), 0);
end;
$$;

-- Expires vouchers that are due, at most `p_limit` of them: their holds end and their rest is booked unused.
create function expire_vouchers(p_merchant text, p_limit integer) returns integer language sql as $$
  with due as (
    select v.id, v.campaign_id, c.currency, v.value_minor - v.redeemed_minor - v.unused_minor as rest
    from vouchers v join campaigns c on c.merchant_id = p_merchant and c.id = v.campaign_id
    where v.merchant_id = p_merchant and v.status in ('issued', 'held', 'partially_redeemed')
      and v.expires_at <= clock_timestamp()
    order by v.id limit p_limit for update of v skip locked
  ), expired as (
    update vouchers v set status = 'expired', unused_minor = v.unused_minor + due.rest, held_minor = 0
    from due where v.merchant_id = p_merchant and v.id = due.id
  ), ended as (
    update holds h set status = 'expired', ended_at = clock_timestamp()
    from due where h.merchant_id = p_merchant and h.voucher_id = due.id and h.status = 'held'
  ), booked as (
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
    )
    select p_merchant, campaign_id, currency, 'expiry', id, 'issued', 'unused', rest from due where rest > 0
  )
  select count(*)::integer from due;
$$;

-- Whether so much of a voucher can be spent at a moment, or be held for a till: the rules at the till, for
-- trying out and for doing it. p_held is what is kept for others, p_within what is kept for whoever asks.
--
-- Without an amount it is all there is to spend, but not more than the order comes to; of a percentage its
-- part of the order, rounded half up. Only a gift balance keeps a rest and can be held in part. Minimum
-- spend and percentage need to know what the order comes to; a hold asks for it when it is spent.
create function judge_spending(
  p_merchant text,
  p_voucher vouchers,
  p_held bigint,
  p_within bigint,
  p_amount bigint,
  p_order_minor bigint,
  p_currencies text[],
  p_store text,
  p_at timestamptz,
  p_is_hold boolean,
  out outcome text,
  out amount_minor bigint,
  out unused_minor bigint,
  out store_id text,
  out currency text
) language plpgsql stable as $$
declare
  v_terms record;
  v_left bigint := p_voucher.value_minor - p_voucher.redeemed_minor - p_voucher.unused_minor;
  v_free bigint := least(coalesce(p_within, v_left), v_left - p_held);
  v_is_balance boolean;
  v_wanted bigint;
begin
  if p_voucher.id is null then
    outcome := 'unknown_code';
    return;
  end if;
  select t.kind, t.percent_bp, t.min_spend_minor, t.use_weekdays, t.use_from_minute, t.use_to_minute, c.currency::text,
         coalesce(till.zone, own.zone, c.zone) as zone, till.id as till_id,
         case when t.store_id is not null then array[t.store_id] else c.store_ids end as stores
    into v_terms
  from voucher_templates t
  join campaigns c on c.merchant_id = p_merchant and c.id = t.campaign_id
  left join stores own on own.merchant_id = p_merchant and own.id = t.store_id
  left join lateral (
    select s.id, s.zone from stores s
    where s.merchant_id = p_merchant and (s.id = p_store or s.source_id = p_store)
    order by s.id = p_store desc limit 1
  ) till on true
  where t.merchant_id = p_merchant and t.id = p_voucher.template_id;

  v_is_balance := v_terms.kind = 'gift_balance';
  currency := v_terms.currency;
  store_id := v_terms.till_id;
  amount_minor := case
    when p_is_hold and not v_is_balance then v_left
    when p_amount is not null then p_amount
    when v_terms.kind = 'percent_off'
      then least(v_free, div(p_order_minor::numeric * v_terms.percent_bp + 5000, 10000)::bigint)
    else least(v_free, p_order_minor)
  end;
  unused_minor := case when v_is_balance or p_is_hold then 0 else v_left - amount_minor end;
  v_wanted := coalesce(p_amount, amount_minor);
  outcome := case
    when p_voucher.status = 'redeemed' then 'already_redeemed'
    when p_voucher.status in ('expired', 'revoked') then p_voucher.status
    when p_at >= p_voucher.expires_at then 'expired'
    when not array_remove(p_currencies, null) <@ array[v_terms.currency] then 'currency_mismatch'
    when p_store is not null and v_terms.till_id is null then 'unknown_store'
    when v_terms.till_id is not null and cardinality(v_terms.stores) > 0
      and v_terms.till_id <> all (v_terms.stores) then 'wrong_store'
    when not within_hours(
      p_at, v_terms.zone, v_terms.use_weekdays, v_terms.use_from_minute, v_terms.use_to_minute
    ) then 'outside_hours'
    when v_free <= 0 or (p_held > 0 and not v_is_balance) then 'held'
    when v_wanted > v_left then 'amount_exceeds_balance'
    when p_within is not null and v_wanted > v_free then 'amount_exceeds_hold'
    when v_wanted > v_free then 'held'
    when p_is_hold then 'valid'
    when v_terms.min_spend_minor > 0 and p_order_minor is null then 'order_amount_required'
    when v_terms.min_spend_minor > p_order_minor then 'min_spend_not_met'
    when v_terms.kind = 'percent_off' and coalesce(p_amount, p_order_minor) is null then 'amount_required'
    when amount_minor <= 0 then 'nothing_off'
    else 'valid'
  end;
end;
$$;

-- What would be said of a voucher at a moment if so much of it was spent. It decides nothing.
create function try_voucher(
  p_merchant text,
  p_codes text[],
  p_amount bigint,
  p_order_minor bigint,
  p_currency text,
  p_store text,
  p_at timestamptz
) returns table (outcome text, voucher_id text, amount_minor bigint, unused_minor bigint)
language plpgsql stable as $$
#variable_conflict use_column
declare
  v_voucher vouchers;
begin
  select v.* into v_voucher from vouchers v
  where v.merchant_id = p_merchant and v.code = any (p_codes)
  order by array_position(p_codes, v.code) limit 1;
  return query select j.outcome, v_voucher.id, j.amount_minor, j.unused_minor
  from judge_spending(
    p_merchant, v_voucher, held_at(p_merchant, v_voucher.id, p_at), null, p_amount, p_order_minor,
    array[p_currency], p_store, p_at, false
  ) j;
end;
$$;

-- The voucher that is meant by what was typed, locked for whoever is going to spend or hold it; `p_codes` are
-- its spellings, best first. Holds that are past their end are ended, so what is held is held now.
create function lock_voucher(p_merchant text, p_codes text[]) returns vouchers language plpgsql as $$
declare
  v_voucher vouchers;
begin
  select v.* into v_voucher from vouchers v
  where v.merchant_id = p_merchant and v.code = any (p_codes)
  order by array_position(p_codes, v.code) limit 1 for update;
  if v_voucher.held_minor > 0 then
    perform end_due_holds(p_merchant, v_voucher.id);
    select * into v_voucher from vouchers where merchant_id = p_merchant and id = v_voucher.id;
  end if;
  return v_voucher;
end;
$$;

-- Keeps an amount of a voucher for a till, for so many seconds and never past the voucher's end. A request
-- id that was used gets its first answer.
-- Outcomes: held_for_till, repeated, request_reused, and what judge_spending refuses.
create function hold_voucher(
  p_merchant text,
  p_hold text,
  p_codes text[],
  p_amount bigint,
  p_store text,
  p_ttl_seconds integer,
  p_request text,
  p_request_hash text,
  p_by text
) returns table (outcome text, hold_id text) language plpgsql as $$
#variable_conflict use_column
declare
  v_voucher vouchers;
  v_before holds;
  v_judged record;
  v_now timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('hold ' || p_merchant || ' ' || p_request, 0));
  v_voucher := lock_voucher(p_merchant, p_codes);
  select * into v_before from holds where merchant_id = p_merchant and request_id = p_request;
  if found then
    return query select
      case when v_before.request_hash = p_request_hash then 'repeated' else 'request_reused' end, v_before.id;
    return;
  end if;
  v_now := clock_timestamp();
  select * into v_judged from judge_spending(
    p_merchant, v_voucher, v_voucher.held_minor, null, p_amount, null, '{}', p_store, v_now, true
  );
  if v_judged.outcome <> 'valid' then
    return query select v_judged.outcome, null::text;
    return;
  end if;

  insert into holds (
    merchant_id, id, voucher_id, request_id, request_hash, amount_minor, held_by, store_id, held_at, expires_at
  ) values (
    p_merchant, p_hold, v_voucher.id, p_request, p_request_hash, v_judged.amount_minor, p_by, v_judged.store_id,
    v_now, least(v_now + make_interval(secs => p_ttl_seconds), v_voucher.expires_at)
  );
  update vouchers set
    held_minor = held_minor + v_judged.amount_minor,
    status = status_of_voucher(
      status, value_minor, redeemed_minor, unused_minor, held_minor + v_judged.amount_minor
    )
  where merchant_id = p_merchant and id = v_voucher.id;
  return query select 'held_for_till', p_hold;
end;
$$;

-- Gives back what a hold keeps, by the state of its row: twice gives back once.
-- Outcomes: released, unchanged (released or past its end before), hold_over (it was spent), unknown_hold.
create function release_hold(p_merchant text, p_hold text) returns text language plpgsql as $$
declare
  v_voucher text;
  v_hold holds;
begin
  select v.id into v_voucher from vouchers v
  where v.merchant_id = p_merchant and v.id = (
    select h.voucher_id from holds h where h.merchant_id = p_merchant and h.id = p_hold
  ) for update;
  perform end_due_holds(p_merchant, v_voucher);
  select * into v_hold from holds where merchant_id = p_merchant and id = p_hold;
  case v_hold.status
    when 'held' then perform end_hold(p_merchant, v_hold, 'released', null);
    when 'captured' then return 'hold_over';
    else return case when v_hold.id is null then 'unknown_hold' else 'unchanged' end;
  end case;
  return 'released';
end;
$$;

-- Ends one hold. Whoever calls it has locked the voucher and seen that it is held.
create function end_hold(p_merchant text, p_hold holds, p_as text, p_redemption text) returns void
language sql as $$
  update holds set status = p_as, redemption_id = p_redemption, ended_at = clock_timestamp()
  where merchant_id = p_merchant and id = (p_hold).id;
  update vouchers set
    held_minor = held_minor - (p_hold).amount_minor,
    status = status_of_voucher(
      status, value_minor, redeemed_minor, unused_minor, held_minor - (p_hold).amount_minor
    )
  where merchant_id = p_merchant and id = (p_hold).voucher_id;
$$;

-- One after the other for what concerns one order: a redemption that pays for it, and its cancellation.
create function take_order_in_turn(p_merchant text, p_source text) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('order ' || p_merchant || ' ' || p_source, 0))
$$;

-- Spends a voucher, whole or in part. The row lock on the voucher decides between two tills; a request id
-- that was used gets its first answer. With a hold it spends what the hold keeps, and the rest of that is
-- free again. Of every kind but a gift balance the rest is booked unused.
--
-- `p_order` is the number on the receipt of what is paid for, and `p_order_minor` what that comes to: looked
-- up where it is left out and the order known.
-- Outcomes: redeemed, repeated, request_reused, unknown_hold, hold_over, order_cancelled, and what
-- judge_spending refuses.
create function redeem_voucher(
  p_merchant text,
  p_redemption text,
  p_codes text[],
  p_amount bigint,
  p_order_minor bigint,
  p_currency text,
  p_order text,
  p_store text,
  p_hold text,
  p_request text,
  p_request_hash text,
  p_by text
) returns table (outcome text, redemption_id text) language plpgsql as $$
#variable_conflict use_column
declare
  v_voucher vouchers;
  v_order orders;
  v_hold holds;
  v_before redemptions;
  v_judged record;
  v_order_minor bigint := p_order_minor;
  v_now timestamptz;
begin
  -- one request id at a time, also when it is used for two vouchers at the same moment
  perform pg_advisory_xact_lock(hashtextextended('redeem ' || p_merchant || ' ' || p_request, 0));
  if p_order is not null then
    perform take_order_in_turn(p_merchant, p_order);
  end if;
  v_voucher := lock_voucher(p_merchant, p_codes);
  select * into v_before from redemptions where merchant_id = p_merchant and request_id = p_request;
  if found then
    return query select
      case when v_before.request_hash = p_request_hash then 'repeated' else 'request_reused' end, v_before.id;
    return;
  end if;
  if p_hold is not null then
    select * into v_hold from holds
    where merchant_id = p_merchant and id = p_hold and voucher_id = v_voucher.id;
    outcome := case when v_hold.id is null then 'unknown_hold' when v_hold.status <> 'held' then 'hold_over' end;
  end if;
  if p_order is not null then
    select * into v_order from orders where merchant_id = p_merchant and source_id = p_order;
    v_order_minor := coalesce(p_order_minor, v_order.total_minor - v_order.cancelled_minor);
    if is_order_cancelled(p_merchant, p_order) then
      outcome := 'order_cancelled';
    end if;
  end if;
  v_now := clock_timestamp();
  select * into v_judged from judge_spending(
    p_merchant, v_voucher, v_voucher.held_minor - coalesce(v_hold.amount_minor, 0), v_hold.amount_minor, p_amount,
    v_order_minor, array[p_currency, v_order.currency], p_store, v_now, false
  );
  if v_judged.outcome in ('unknown_code', 'already_redeemed') or outcome is null then
    outcome := nullif(v_judged.outcome, 'valid');
  end if;
  if outcome is not null then
    return query select outcome, null::text;
    return;
  end if;

  if v_hold.id is not null then
    perform end_hold(p_merchant, v_hold, 'captured', p_redemption);
  end if;
  insert into redemptions (
    merchant_id, id, voucher_id, request_id, request_hash, amount_minor, unused_minor, balance_after_minor,
    redeemed_by, store_id, order_source_id, order_minor, redeemed_at
  ) values (
    p_merchant, p_redemption, v_voucher.id, p_request, p_request_hash, v_judged.amount_minor,
    v_judged.unused_minor,
    v_voucher.value_minor - v_voucher.redeemed_minor - v_voucher.unused_minor - v_judged.amount_minor
      - v_judged.unused_minor,
    p_by, v_judged.store_id, p_order, v_order_minor, v_now
  );
  update vouchers set
    redeemed_minor = redeemed_minor + v_judged.amount_minor,
    unused_minor = unused_minor + v_judged.unused_minor,
    status = status_of_voucher(
      status, value_minor, redeemed_minor + v_judged.amount_minor, unused_minor + v_judged.unused_minor, held_minor
    )
  where merchant_id = p_merchant and id = v_voucher.id;
  insert into ledger (
    merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor, booked_at
  )
  select p_merchant, v_voucher.campaign_id, v_judged.currency, 'redemption', p_redemption, 'issued', account,
         amount, v_now
  from (values ('redeemed', v_judged.amount_minor), ('unused', v_judged.unused_minor))
    as transfer (account, amount)
  where amount > 0;
  update customers set redemptions_count = redemptions_count + 1
  where merchant_id = p_merchant and person_id = v_voucher.holder_id;
  insert into outbox (merchant_id, id, kind, person_id, payload)
  values (p_merchant, 'redemption:' || p_redemption, 'voucher_redeemed', v_voucher.holder_id,
          jsonb_build_object('redemptionId', p_redemption));
  return query select 'redeemed', p_redemption;
end;
$$;

-- Whether all of an order was cancelled, also when that was told before the order itself.
create function is_order_cancelled(p_merchant text, p_source text) returns boolean language sql stable as $$
  select exists (
    select from orders where merchant_id = p_merchant and source_id = p_source and status = 'cancelled'
  ) or exists (
    select from cancellations
    where merchant_id = p_merchant and order_source_id = p_source and order_id is null and amount_minor is null
  )
$$;

-- Books a rollback. The value goes back to the voucher, and with the last of a redemption also what was
-- booked unused; where the voucher is over or its holder was erased, nobody could spend it: then it is
-- booked unused instead.
-- Whoever calls it has locked the voucher and the redemption.
create function book_rollback(
  p_merchant text,
  p_rollback text,
  p_redemption redemptions,
  p_amount bigint,
  p_items jsonb,
  p_request text,
  p_request_hash text,
  p_by text,
  p_reason text
) returns void language plpgsql as $$
declare
  v_voucher vouchers;
  v_is_over boolean;
  v_is_last boolean := p_amount = p_redemption.amount_minor - p_redemption.rolled_back_minor;
  v_unused bigint := 0;
  v_currency text;
  v_now timestamptz := clock_timestamp();
begin
  select * into v_voucher from vouchers where merchant_id = p_merchant and id = p_redemption.voucher_id;
  select currency into v_currency from campaigns
  where merchant_id = p_merchant and id = v_voucher.campaign_id;
  v_is_over := v_voucher.status in ('expired', 'revoked') or v_voucher.holder_id like 'erased:%';
  if v_is_last and not v_is_over then
    v_unused := p_redemption.unused_minor;
  end if;

  update redemptions set
    rolled_back_minor = rolled_back_minor + p_amount,
    unused_minor = unused_minor - v_unused,
    status = case when v_is_last then 'rolled_back' else 'partially_rolled_back' end
  where merchant_id = p_merchant and id = p_redemption.id;
  insert into rollbacks (
    merchant_id, id, redemption_id, request_id, request_hash, amount_minor, balance_before_minor,
    balance_after_minor, items, reason, rolled_back_by, rolled_back_at
  )
  select p_merchant, p_rollback, p_redemption.id, p_request, p_request_hash, p_amount, had.balance,
         had.balance + case when v_is_over then 0 else p_amount + v_unused end, p_items, p_reason, p_by, v_now
  from (select v_voucher.value_minor - v_voucher.redeemed_minor - v_voucher.unused_minor as balance) had;
  v_voucher.redeemed_minor := v_voucher.redeemed_minor - p_amount;
  v_voucher.unused_minor := v_voucher.unused_minor - v_unused + case when v_is_over then p_amount else 0 end;
  update vouchers set
    redeemed_minor = v_voucher.redeemed_minor,
    unused_minor = v_voucher.unused_minor,
    status = status_of_voucher(
      status, value_minor, v_voucher.redeemed_minor, v_voucher.unused_minor, held_minor
    )
  where merchant_id = p_merchant and id = v_voucher.id;
  insert into ledger (
    merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor, booked_at
  )
  select p_merchant, v_voucher.campaign_id, v_currency, 'rollback', p_rollback, source, target, amount, v_now
  from (values
    ('redeemed', case when v_is_over then 'unused' else 'issued' end, p_amount),
    ('unused', 'issued', v_unused)
  ) as transfer (source, target, amount) where amount > 0;
  update customers set redemptions_count = redemptions_count - 1
  where merchant_id = p_merchant and person_id = v_voucher.holder_id and v_is_last and redemptions_count > 0;
  insert into outbox (merchant_id, id, kind, person_id, payload)
  values (p_merchant, 'rollback:' || p_rollback, 'redemption_rolled_back', v_voucher.holder_id,
          jsonb_build_object('rollbackId', p_rollback));
end;
$$;

-- What bringing items of the order back gives back of a redemption that paid for it: their share of what the
-- order's items cost, counted with all that was brought back before, so that the last one gets the rest.
-- What the order's own cancellation gave back counts. Outcomes: unknown_items (the order is not known, or did
-- not hold so many), items_worth_nothing; nothing when the amount stands.
create function judge_items(p_merchant text, p_redemption redemptions, p_items jsonb, out outcome text, out amount bigint)
language plpgsql stable as $$
declare
  v_unknown boolean;
  v_back numeric;
  v_all numeric;
begin
  with bought as (
    select line ->> 'sku' as sku, sum((line ->> 'quantity')::numeric) as quantity,
           sum((line ->> 'amountMinor')::numeric) as amount
    from orders o, jsonb_array_elements(o.lines) as line
    where o.merchant_id = p_merchant and o.source_id = p_redemption.order_source_id
      and line ->> 'kind' = 'item'
    group by 1
  ), back as (
    select item ->> 'sku' as sku, sum((item ->> 'quantity')::numeric) as quantity
    from (
      select p_items as items
      union all
      select b.items from rollbacks b
      where b.merchant_id = p_merchant and b.redemption_id = p_redemption.id and b.items is not null
    ) given, jsonb_array_elements(given.items) as item
    group by 1
  )
  select bool_or(b.sku is not null and (o.sku is null or b.quantity > o.quantity)),
         sum(div(o.amount * b.quantity, o.quantity)), sum(o.amount)
    into v_unknown, v_back, v_all
  from bought o full join back b on b.sku = o.sku;
  if v_unknown then
    outcome := 'unknown_items';
    return;
  end if;
  select least(
           coalesce(div(p_redemption.amount_minor * v_back, nullif(v_all, 0)), 0) - coalesce(sum(b.amount_minor), 0),
           p_redemption.amount_minor - p_redemption.rolled_back_minor
         )::bigint
    into amount
  from rollbacks b
  where b.merchant_id = p_merchant and b.redemption_id = p_redemption.id
    and (b.items is not null or b.rolled_back_by = 'refund');
  if amount <= 0 then
    outcome := 'items_worth_nothing';
  end if;
end;
$$;

-- Undoes a redemption: whole (no amount, no items), a part, or what items of its order stand for. Until 180
-- days after it. Outcomes: rolled_back, repeated, request_reused, unknown_redemption, nothing_left, too_late,
-- amount_exceeds_redemption, and what judge_items refuses.
create function roll_back_redemption(
  p_merchant text,
  p_rollback text,
  p_redemption text,
  p_amount bigint,
  p_items jsonb,
  p_request text,
  p_request_hash text,
  p_by text,
  p_reason text
) returns table (outcome text, rollback_id text) language plpgsql as $$
#variable_conflict use_column
declare
  v_redemption redemptions;
  v_before rollbacks;
  v_left bigint;
  v_amount bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('roll back ' || p_merchant || ' ' || p_request, 0));
  -- the voucher's row first, as redeem_voucher does, so that the two cannot wait for each other
  perform 1 from vouchers v
  where v.merchant_id = p_merchant and v.id = (
    select voucher_id from redemptions where merchant_id = p_merchant and id = p_redemption
  ) for update;
  select * into v_redemption from redemptions where merchant_id = p_merchant and id = p_redemption for update;
  select * into v_before from rollbacks where merchant_id = p_merchant and request_id = p_request;
  if found then
    return query select
      case when v_before.request_hash = p_request_hash then 'repeated' else 'request_reused' end, v_before.id;
    return;
  end if;
  v_left := v_redemption.amount_minor - v_redemption.rolled_back_minor;
  v_amount := coalesce(p_amount, v_left);
  outcome := case
    when v_redemption.id is null then 'unknown_redemption'
    when v_left = 0 then 'nothing_left'
    when clock_timestamp() >= v_redemption.redeemed_at + interval '180 days' then 'too_late'
    when v_amount > v_left then 'amount_exceeds_redemption'
  end;
  if outcome is null and p_items is not null then
    select j.outcome, j.amount into outcome, v_amount from judge_items(p_merchant, v_redemption, p_items) j;
  end if;
  if outcome is not null then
    return query select outcome, null::text;
    return;
  end if;
  perform book_rollback(
    p_merchant, p_rollback, v_redemption, v_amount, p_items, p_request, p_request_hash, p_by, p_reason
  );
  return query select 'rolled_back', p_rollback;
end;
$$;

-- Withdraws vouchers whose order was cancelled: what is left of them is booked unused, their holds end, their
-- holders are told. Those that are over are left alone. Whoever calls it has locked the vouchers.
create function revoke_vouchers(p_merchant text, p_vouchers text[]) returns void language plpgsql as $$
begin
  perform end_holds(p_merchant, p_vouchers, 'released');
  with due as (
    select v.id, v.campaign_id, v.holder_id, c.currency,
           v.value_minor - v.redeemed_minor - v.unused_minor as rest
    from vouchers v join campaigns c on c.merchant_id = p_merchant and c.id = v.campaign_id
    where v.merchant_id = p_merchant and v.id = any (p_vouchers) and v.status in ('issued', 'partially_redeemed')
  ), revoked as (
    update vouchers v set status = 'revoked', unused_minor = v.unused_minor + due.rest
    from due where v.merchant_id = p_merchant and v.id = due.id
  ), booked as (
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
    )
    select p_merchant, campaign_id, currency, 'revocation', id, 'issued', 'unused', rest from due
  )
  insert into outbox (merchant_id, id, kind, person_id, payload)
  select p_merchant, 'revocation:' || id, 'voucher_revoked', holder_id, jsonb_build_object('voucherId', id)
  from due;
end;
$$;

-- What becomes of money when orders were cancelled or paid back, whole or in part. Redemptions that paid for
-- them are rolled back to at least the same part, rounded down, where their campaign says so; what a cashier
-- gave back by hand counts, so the same told twice gives back once. Of shares whose order is gone the
-- unspent vouchers are withdrawn where their campaign says so.
create function refund_orders(p_merchant text, p_sources text[], p_shares text[]) returns void
language plpgsql as $$
declare
  v_revoked text[];
  refund record;
begin
  perform take_order_in_turn(p_merchant, source.id)
  from (select distinct x.id from unnest(p_sources) as x (id) order by x.id) source;
  select coalesce(array_agg(k.voucher_id), '{}') into v_revoked
  from shares s
  join campaigns c on c.merchant_id = p_merchant and c.id = s.campaign_id and c.on_cancelled_share = 'revoke'
  join claims k on k.merchant_id = p_merchant and k.campaign_id = c.id and k.share_id = s.id
  where s.merchant_id = p_merchant and s.id = any (p_shares);
  perform 1 from vouchers v
  where v.merchant_id = p_merchant and (
    v.id = any (v_revoked)
    or v.id in (
      select r.voucher_id from redemptions r
      where r.merchant_id = p_merchant and r.order_source_id = any (p_sources)
    )
  )
  order by v.id for update;

  perform revoke_vouchers(p_merchant, v_revoked);
  for refund in
    select due.id, due.target, due.target - due.rolled_back_minor as amount
    from (
      select r.id, r.rolled_back_minor, r.voucher_id,
             case when is_order_cancelled(p_merchant, r.order_source_id) then r.amount_minor
             else div(r.amount_minor::numeric * o.cancelled_minor, nullif(o.total_minor, 0))::bigint end as target
      from redemptions r
      join vouchers v on v.merchant_id = p_merchant and v.id = r.voucher_id
      join campaigns c on c.merchant_id = p_merchant and c.id = v.campaign_id and c.on_refund = 'roll_back'
      left join orders o on o.merchant_id = p_merchant and o.source_id = r.order_source_id
      where r.merchant_id = p_merchant and r.order_source_id = any (p_sources)
    ) due
    where due.target > due.rolled_back_minor
    order by due.voucher_id, due.id
  loop
    -- a blank stands in no request id of a till, so nobody has used this one
    perform book_rollback(
      p_merchant, 'rbk_' || left(encode(sha256(convert_to(refund.id || ' ' || refund.target, 'UTF8')), 'hex'), 20),
      r, refund.amount, null, 'refund ' || refund.id || ' ' || refund.target, '', 'refund', ''
    )
    from redemptions r where r.merchant_id = p_merchant and r.id = refund.id;
  end loop;
end;
$$;

drop function ingest_cancellations(text, text[]);

-- Takes in cancellations, each a JSON object; a repeated source id changes nothing. One whose order is
-- not there yet waits for it; where it names the order and all of it is cancelled, what paid for the order
-- is given back at once. Answers the order's source id, or null while it waits, and the amount that was
-- told at first.
create function ingest_cancellations(p_merchant text, p_cancellations text[])
returns table (source_id text, outcome text, order_source_id text, amount_minor bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  v_taken text[];
  v_gone text[];
begin
  perform take_orders_in_turn(p_merchant);
  with given as (
    select distinct on (c.source_id) c.* from unnest(p_cancellations) as a (item),
      jsonb_to_record(a.item::jsonb) as c (
        id text, source_id text, order_source_id text, customer_ref text, cancelled_at timestamptz,
        amount_minor bigint, lines jsonb
      )
    order by c.source_id
  ), written as (
    insert into cancellations (
      merchant_id, id, source_id, order_source_id, customer_ref, cancelled_at, amount_minor, lines
    )
    select p_merchant, id, source_id, order_source_id, customer_ref, cancelled_at, amount_minor,
           coalesce(lines, '[]')
    from given
    on conflict (merchant_id, source_id) do nothing
    returning source_id
  )
  select coalesce(array_agg(source_id), '{}') into v_taken from written;

  -- before any voucher is locked, since a till that has an order's turn may wait for its voucher
  perform take_order_in_turn(p_merchant, named.id)
  from (
    select distinct c.order_source_id as id from cancellations c
    where c.merchant_id = p_merchant and c.source_id = any (v_taken) and c.order_source_id is not null
    order by 1
  ) named;
  perform match_cancellations(p_merchant, (
    select array_agg(o.source_id)
    from cancellations c
    join orders o on o.merchant_id = p_merchant
      and (o.source_id = c.order_source_id or (c.order_source_id is null and o.customer_ref = c.customer_ref))
    where c.merchant_id = p_merchant and c.source_id = any (v_taken)
  ));
  select array_agg(c.order_source_id) into v_gone from cancellations c
  where c.merchant_id = p_merchant and c.source_id = any (v_taken) and c.order_id is null
    and c.order_source_id is not null and c.amount_minor is null;
  if v_gone is not null then
    perform refund_orders(p_merchant, v_gone, '{}');
  end if;

  return query
    select c.source_id, case when c.source_id = any (v_taken) then 'taken' else 'unchanged' end,
           coalesce(o.source_id, gone.source_id), c.amount_minor
    from unnest(p_cancellations) as a (item)
    join cancellations c on c.merchant_id = p_merchant and c.source_id = a.item::jsonb ->> 'source_id'
    left join orders o on o.merchant_id = p_merchant and o.id = c.order_id
    -- one that was cancelled wholly before takes no more cancellations, and is there all the same
    left join orders gone on gone.merchant_id = p_merchant and gone.source_id = c.order_source_id;
end;
$$;

-- Gives waiting cancellations the order they belong to, if it is among `p_sources`: the one they name;
-- else the latest earlier order of the same customer that holds every article cancelled in at least the
-- quantity cancelled, not counting what was cancelled before. A wholly cancelled order ends its shares, and
-- what was paid for with vouchers is given back. Locks are taken as claims take them: orders, then all
-- shares, then their campaigns, then vouchers, then customers.
create or replace function match_cancellations(p_merchant text, p_sources text[]) returns void
language plpgsql as $$
declare
  waiting record;
  v_order orders;
  v_cancelled text[] := '{}';
  v_sources text[] := '{}';
  v_shares text[] := '{}';
  v_holders text[] := '{}';
begin
  for waiting in
    select distinct c.id, c.order_source_id, c.customer_ref, c.cancelled_at, c.amount_minor, c.lines
    from cancellations c
    join orders o on o.merchant_id = p_merchant and o.source_id = any (p_sources)
      and (o.source_id = c.order_source_id or (c.order_source_id is null and o.customer_ref = c.customer_ref))
    where c.merchant_id = p_merchant and c.order_id is null
    order by c.cancelled_at, c.id
  loop
    select o.* into v_order from orders o
    where o.merchant_id = p_merchant and o.status <> 'cancelled' and case
      when waiting.order_source_id is not null then o.source_id = waiting.order_source_id
      else o.customer_ref = waiting.customer_ref and o.placed_at <= waiting.cancelled_at
        and jsonb_array_length(waiting.lines) > 0
        and not exists (
          select 1 from (
            select line ->> 'sku' as sku, sum((line ->> 'quantity')::numeric) as quantity
            from jsonb_array_elements(waiting.lines) as line group by 1
          ) wanted
          where wanted.quantity > (
            select coalesce(sum((line ->> 'quantity')::numeric), 0)
            from jsonb_array_elements(o.lines) as line where line ->> 'sku' = wanted.sku
          ) - (
            select coalesce(sum((line ->> 'quantity')::numeric), 0)
            from cancellations earlier, jsonb_array_elements(earlier.lines) as line
            where earlier.merchant_id = p_merchant and earlier.order_id = o.id
              and line ->> 'sku' = wanted.sku
          )
        )
      end
    order by o.placed_at desc, o.id desc
    limit 1
    for no key update;
    continue when not found;

    update cancellations set order_id = v_order.id
    where merchant_id = p_merchant and id = waiting.id and order_id is null;
    continue when not found;

    update orders set
      cancelled_minor = least(total_minor, cancelled_minor + coalesce(waiting.amount_minor, total_minor)),
      status = case
        when cancelled_minor + coalesce(waiting.amount_minor, total_minor) >= total_minor then 'cancelled'
        else 'partially_cancelled' end,
      changed_at = clock_timestamp()
    where merchant_id = p_merchant and id = v_order.id
    returning * into v_order;
    if v_order.status = 'cancelled' then
      v_cancelled := v_cancelled || v_order.id;
    end if;
    v_sources := v_sources || v_order.source_id;
    v_holders := v_holders || v_order.holder_id;
  end loop;

  if cardinality(v_cancelled) > 0 then
    select coalesce(array_agg(locked.id order by locked.id), '{}') into v_shares
    from (
      select s.id from shares s
      where s.merchant_id = p_merchant and s.order_id = any (v_cancelled)
      order by s.id for update
    ) locked;
    perform 1 from campaigns c
    where c.merchant_id = p_merchant and c.id in (
      select s.campaign_id from shares s where s.merchant_id = p_merchant and s.id = any (v_shares)
    )
    order by c.id for update;
    perform close_share(p_merchant, share.id, 'revoked') from unnest(v_shares) as share (id);
  end if;
  if cardinality(v_sources) > 0 then
    perform refund_orders(p_merchant, v_sources, v_shares);
  end if;
  perform refresh_customer(p_merchant, holder.id)
  from (
    select distinct h.id from unnest(v_holders) as h (id) where h.id is not null order by h.id
  ) holder;
end;
$$;
