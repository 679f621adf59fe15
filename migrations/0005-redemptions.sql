-- Spends a voucher, whole or in part. The row lock on the voucher decides between two tills; a request
-- id that was used gets its first answer. `p_amount` null means all there is; what may be more than the
-- balance is refused. Only a gift balance keeps a rest; of every other kind the rest is booked unused.
-- Outcomes: redeemed, repeated, request_reused, unknown_code, already_redeemed, expired, revoked, held,
-- amount_exceeds_balance.
create function redeem_voucher(
  p_merchant text,
  p_redemption text,
  p_code text,
  p_amount bigint,
  p_request text,
  p_request_hash text,
  p_by text,
  p_store text
) returns table (outcome text, redemption_id text) language plpgsql as $$
#variable_conflict use_column
declare
  v_voucher vouchers;
  v_kind text;
  v_currency text;
  v_left bigint;
  v_amount bigint;
  v_unused bigint := 0;
  v_now timestamptz;
  v_before redemptions;
begin
  -- one request id at a time, also when it is used for two vouchers at the same moment
  perform pg_advisory_xact_lock(hashtextextended('redeem ' || p_merchant || ' ' || p_request, 0));
  select * into v_voucher from vouchers where merchant_id = p_merchant and code = p_code for update;
  select * into v_before from redemptions where merchant_id = p_merchant and request_id = p_request;
  if found then
    return query select
      case when v_before.request_hash = p_request_hash then 'repeated' else 'request_reused' end, v_before.id;
    return;
  end if;
  v_now := clock_timestamp();
  v_left := v_voucher.value_minor - v_voucher.redeemed_minor - v_voucher.unused_minor;
  v_amount := coalesce(p_amount, v_left);
  outcome := case
    when v_voucher.id is null then 'unknown_code'
    when v_voucher.status = 'redeemed' then 'already_redeemed'
    when v_voucher.status in ('expired', 'revoked', 'held') then v_voucher.status
    when v_now >= v_voucher.expires_at then 'expired'
    when v_amount > v_left then 'amount_exceeds_balance'
  end;
  if outcome is not null then
    return query select outcome, null::text;
    return;
  end if;

  select t.kind, c.currency into v_kind, v_currency
  from voucher_templates t join campaigns c on c.merchant_id = p_merchant and c.id = t.campaign_id
  where t.merchant_id = p_merchant and t.id = v_voucher.template_id;
  if v_kind <> 'gift_balance' then
    v_unused := v_left - v_amount;
  end if;

  insert into redemptions (
    merchant_id, id, voucher_id, request_id, request_hash, amount_minor, unused_minor,
    balance_after_minor, redeemed_by, store_id, redeemed_at
  ) values (
    p_merchant, p_redemption, v_voucher.id, p_request, p_request_hash, v_amount, v_unused,
    v_left - v_amount - v_unused, p_by, p_store, v_now
  );
  update vouchers set
    redeemed_minor = redeemed_minor + v_amount,
    unused_minor = unused_minor + v_unused,
    status = case when v_left = v_amount + v_unused then 'redeemed' else 'partially_redeemed' end
  where merchant_id = p_merchant and id = v_voucher.id;
  insert into ledger (
    merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor, booked_at
  )
  select p_merchant, v_voucher.campaign_id, v_currency, 'redemption', p_redemption, 'issued', account, amount, v_now
  from (values ('redeemed', v_amount), ('unused', v_unused)) as transfer (account, amount) where amount > 0;
  update customers set redemptions_count = redemptions_count + 1
  where merchant_id = p_merchant and person_id = v_voucher.holder_id;
  insert into outbox (merchant_id, id, kind, person_id, payload)
  values (p_merchant, 'redemption:' || p_redemption, 'voucher_redeemed', v_voucher.holder_id,
          jsonb_build_object('redemptionId', p_redemption));
  return query select 'redeemed', p_redemption;
end;
$$;

-- Undoes a redemption, whole (`p_amount` null) or in part. The value goes back to the voucher, and with
-- a whole rollback also what was booked unused; if the voucher was expired meanwhile, the value is
-- booked unused instead. Outcomes: rolled_back, repeated, request_reused,
-- unknown_redemption, nothing_left, amount_exceeds_redemption.
create function roll_back_redemption(
  p_merchant text,
  p_rollback text,
  p_redemption text,
  p_amount bigint,
  p_request text,
  p_request_hash text,
  p_by text,
  p_reason text
) returns table (outcome text, rollback_id text) language plpgsql as $$
#variable_conflict use_column
declare
  v_redemption redemptions;
  v_voucher vouchers;
  v_before rollbacks;
  v_currency text;
  v_left bigint;
  v_amount bigint;
  v_unused bigint := 0;
  v_expired boolean;
  v_now timestamptz;
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
  v_now := clock_timestamp();
  v_left := v_redemption.amount_minor - v_redemption.rolled_back_minor;
  v_amount := coalesce(p_amount, v_left);
  outcome := case
    when v_redemption.id is null then 'unknown_redemption'
    when v_left = 0 then 'nothing_left'
    when v_amount > v_left then 'amount_exceeds_redemption'
  end;
  if outcome is not null then
    return query select outcome, null::text;
    return;
  end if;
  select * into v_voucher from vouchers where merchant_id = p_merchant and id = v_redemption.voucher_id;
  v_expired := v_voucher.status = 'expired';
  if v_amount = v_left and not v_expired then
    v_unused := v_redemption.unused_minor;
  end if;

  select currency into v_currency from campaigns
  where merchant_id = p_merchant and id = v_voucher.campaign_id;
  update redemptions set
    rolled_back_minor = rolled_back_minor + v_amount,
    unused_minor = unused_minor - v_unused,
    status = case when v_amount = v_left then 'rolled_back' else 'partially_rolled_back' end
  where merchant_id = p_merchant and id = p_redemption;
  update vouchers set
    redeemed_minor = redeemed_minor - v_amount,
    unused_minor = unused_minor - v_unused + case when v_expired then v_amount else 0 end,
    status = case
      when v_expired then 'expired'
      when redeemed_minor - v_amount > 0 then 'partially_redeemed'
      else 'issued' end
  where merchant_id = p_merchant and id = v_voucher.id
  returning * into v_voucher;
  insert into rollbacks (
    merchant_id, id, redemption_id, request_id, request_hash, amount_minor, balance_after_minor, reason,
    rolled_back_by, rolled_back_at
  ) values (
    p_merchant, p_rollback, p_redemption, p_request, p_request_hash, v_amount,
    v_voucher.value_minor - v_voucher.redeemed_minor - v_voucher.unused_minor, p_reason, p_by, v_now
  );
  insert into ledger (
    merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor, booked_at
  )
  select p_merchant, v_voucher.campaign_id, v_currency, 'rollback', p_rollback, source, target, amount, v_now
  from (values
    ('redeemed', case when v_expired then 'unused' else 'issued' end, v_amount),
    ('unused', 'issued', v_unused)
  ) as transfer (source, target, amount) where amount > 0;
  update customers set redemptions_count = redemptions_count - 1
  where merchant_id = p_merchant and person_id = v_voucher.holder_id and v_amount = v_left
    and redemptions_count > 0;
  insert into outbox (merchant_id, id, kind, person_id, payload)
  values (p_merchant, 'rollback:' || p_rollback, 'redemption_rolled_back', v_voucher.holder_id,
          jsonb_build_object('rollbackId', p_rollback));
  return query select 'rolled_back', p_rollback;
end;
$$;

-- Expires vouchers that are due and books their rest unused, at most `p_limit` of them.
create function expire_vouchers(p_merchant text, p_limit integer) returns integer language sql as $$
  with due as (
    select v.id, v.campaign_id, c.currency, v.value_minor - v.redeemed_minor - v.unused_minor as rest
    from vouchers v join campaigns c on c.merchant_id = p_merchant and c.id = v.campaign_id
    where v.merchant_id = p_merchant and v.status in ('issued', 'held', 'partially_redeemed')
      and v.expires_at <= clock_timestamp()
    order by v.id limit p_limit for update of v skip locked
  ), expired as (
    update vouchers v set status = 'expired', unused_minor = v.unused_minor + due.rest
    from due where v.merchant_id = p_merchant and v.id = due.id
  ), booked as (
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
    )
    select p_merchant, campaign_id, currency, 'expiry', id, 'issued', 'unused', rest from due where rest > 0
  )
  select count(*)::integer from due;
$$;
