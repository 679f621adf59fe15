-- Opens a share: its pot is reserved from the campaign's budget once, at the first open. The amounts
-- were split and shuffled beforehand (empty for a matched campaign, which has no pot).
-- Answers the status after it: 'draft' means that the budget does not hold another pot.
create function open_share(p_merchant text, p_share text, p_amounts bigint[]) returns text
language plpgsql as $$
declare
  v_share shares;
  v_pot bigint := (select coalesce(sum(amount), 0) from unnest(p_amounts) as amount);
begin
  select * into v_share from shares where merchant_id = p_merchant and id = p_share for update;
  if v_share.status is distinct from 'draft' then
    return v_share.status;
  end if;
  if v_pot > 0 then
    update campaigns set reserved_minor = reserved_minor + v_pot
    where merchant_id = p_merchant and id = v_share.campaign_id and status = 'active'
      and reserved_minor + issued_minor + v_pot <= budget_minor;
    if not found then
      return 'draft';
    end if;
    insert into slots (merchant_id, share_id, position, amount_minor)
    select p_merchant, p_share, position, amount
    from unnest(p_amounts) with ordinality as a (amount, position);
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
    )
    select p_merchant, id, currency, 'share_opened', p_share, 'available', 'reserved', v_pot
    from campaigns where merchant_id = p_merchant and id = v_share.campaign_id;
  end if;
  update shares set status = 'open', opened_at = clock_timestamp(), pot_minor = v_pot
  where merchant_id = p_merchant and id = p_share;
  return 'open';
end;
$$;

-- Ends a share and gives what is left of its pot back to the campaign. `p_as` is 'revoked' or
-- 'expired'; only a share that is due expires, and what is used up already does not expire any more.
-- Answers whether anything changed.
create function close_share(p_merchant text, p_share text, p_as text) returns boolean
language plpgsql as $$
declare
  v_share shares;
  v_rest bigint;
begin
  select * into v_share from shares where merchant_id = p_merchant and id = p_share for update;
  if v_share.status in ('draft', 'open') then
    if p_as = 'expired' and clock_timestamp() < v_share.expires_at then
      return false;
    end if;
  elsif v_share.status is distinct from 'exhausted' or p_as <> 'revoked' then
    return false;
  end if;
  select coalesce(sum(amount_minor), 0) into v_rest from slots
  where merchant_id = p_merchant and share_id = p_share and position > v_share.taken;
  if v_rest > 0 then
    update campaigns set reserved_minor = reserved_minor - v_rest
    where merchant_id = p_merchant and id = v_share.campaign_id;
    insert into ledger (
      merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
    )
    select p_merchant, id, currency, 'share_closed', p_share, 'reserved', 'available', v_rest
    from campaigns where merchant_id = p_merchant and id = v_share.campaign_id;
  end if;
  update shares set status = p_as, closed_at = coalesce(closed_at, clock_timestamp())
  where merchant_id = p_merchant and id = p_share;
  return true;
end;
$$;
