-- Reminders before a voucher ends, and people who want to be forgotten.

-- Due vouchers and those that end soon are looked for merchant by merchant.
drop index vouchers_to_expire;
create index vouchers_to_expire on vouchers (merchant_id, expires_at, id)
  where status in ('issued', 'held', 'partially_redeemed');

-- What is there of a person is found by the person: at all merchants, and of those who work for one.
create index usage_events_by_person on usage_events (person_id);
create index redemptions_by_staff on redemptions (merchant_id, redeemed_by) where redeemed_by like '%:%';
create index rollbacks_by_staff on rollbacks (merchant_id, rolled_back_by) where rolled_back_by like '%:%';
create index inbox_unhandled on inbox (queue) where done_at is null;

-- What was sent or handled keeps nothing of whom: the ids alone tell that it was.
update outbox set person_id = null, payload = '{}'
where merchant_id is not null and (sent_at is not null or gave_up_at is not null);
update inbox set queue = '', payload = '{}' where done_at is not null;
delete from share_posts where merchant_id is not null and gone_at is not null;

-- Whether the database knows a time zone by this name. What it does not know would stop a statement.
create function is_zone(p_zone text) returns boolean language plpgsql stable as $$
begin
  perform clock_timestamp() at time zone p_zone;
  return true;
exception when invalid_parameter_value then
  return false;
end;
$$;

-- From 22 to 8 by the clocks of a zone nobody is reminded of anything.
create function is_quiet(p_at timestamptz, p_zone text) returns boolean language sql stable as $$
  select extract(hour from p_at at time zone p_zone) not between 8 and 21
$$;

-- When somebody in a zone is reminded of what ends at a moment: so many hours before it. What falls into
-- the quiet hours waits for the morning at 8 or, where that leaves less than three hours, comes at 21 on
-- the evening before.
create function reminder_at(p_ends timestamptz, p_hours integer, p_zone text) returns timestamptz
language plpgsql stable as $$
declare
  v_wanted constant timestamptz := p_ends - make_interval(hours => p_hours);
  -- two hours on, the night is all of one day
  v_morning constant timestamp :=
    date_trunc('day', v_wanted at time zone p_zone + interval '2 hours') + interval '8 hours';
begin
  return case
    when not is_quiet(v_wanted, p_zone) then v_wanted
    when v_morning at time zone p_zone <= p_ends - interval '3 hours' then v_morning at time zone p_zone
    else (v_morning - interval '11 hours') at time zone p_zone
  end;
end;
$$;

-- Looks at the next `p_look` vouchers of those whose last 72 hours have begun, in order of their end, and
-- reminds their holders: people who can be reached and want it, of what has something left, by the clock of
-- the person or else of the shop, and of each voucher once at 72 and once at 12. The first is not made up for
-- when a day has passed; nobody is reminded of what they got when its reminder would have come already.
-- Answers how many it looked at and where to go on.
create function remind_holders(p_merchant text, p_after timestamptz, p_after_id text, p_look integer)
returns table (looked integer, reminded integer, last_at timestamptz, last_id text) language plpgsql
-- In order of the index, however many there are.
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  v_now constant timestamptz := clock_timestamp();
begin
  return query
    with ending as materialized (
      select v.id, v.holder_id, v.template_id, v.campaign_id, v.issued_at, v.expires_at,
             case when v.expires_at - v_now > interval '24 hours' then 72 else 12 end as hours
      from vouchers v
      where v.merchant_id = p_merchant and v.status in ('issued', 'held', 'partially_redeemed')
        and v.expires_at > v_now and v.expires_at <= v_now + interval '72 hours'
        and (v.expires_at, v.id) > (p_after, p_after_id)
        -- a night may put the one off to 58 hours, and bring the other forward to 15
        and (v.expires_at > v_now + interval '48 hours' or v.expires_at <= v_now + interval '15 hours')
        and v.value_minor > v.redeemed_minor + v.unused_minor
      order by v.expires_at, v.id limit p_look
    ), told as (
      insert into outbox (merchant_id, id, kind, person_id, payload)
      select p_merchant, 'reminder:' || e.id || ':' || e.hours, 'voucher_ends', e.holder_id,
             jsonb_build_object('voucherId', e.id)
      from ending e
      join people p on p.id = e.holder_id and p.reachable and p.reminders
      join campaigns c on c.merchant_id = p_merchant and c.id = e.campaign_id
      join voucher_templates t on t.merchant_id = p_merchant and t.id = e.template_id
      left join stores s on s.merchant_id = p_merchant and s.id = t.store_id
      cross join lateral (select coalesce(p.zone, s.zone, c.zone) as zone) z
      cross join lateral (select reminder_at(e.expires_at, e.hours, z.zone) as at) r
      where not is_quiet(v_now, z.zone) and r.at <= v_now and r.at > e.issued_at
      on conflict do nothing
      returning 1
    )
    select (select count(*)::integer from ending), (select count(*)::integer from told), l.expires_at, l.id
    from (values (1)) one
    left join lateral (
      select e.expires_at, e.id from ending e order by e.expires_at desc, e.id desc limit 1
    ) l on true;
end;
$$;

-- Whether a reminder is still to be sent: its voucher can be spent, the person wants it, it is not night.
create function is_reminder_due(p_merchant text, p_voucher text) returns boolean language sql stable as $$
  select exists (
    select from vouchers v
    join people p on p.id = v.holder_id and p.reachable and p.reminders
    join campaigns c on c.merchant_id = p_merchant and c.id = v.campaign_id
    join voucher_templates t on t.merchant_id = p_merchant and t.id = v.template_id
    left join stores s on s.merchant_id = p_merchant and s.id = t.store_id
    where v.merchant_id = p_merchant and v.id = p_voucher
      and v.status in ('issued', 'held', 'partially_redeemed') and v.expires_at > clock_timestamp()
      and v.value_minor > v.redeemed_minor + v.unused_minor
      and not is_quiet(clock_timestamp(), coalesce(p.zone, s.zone, c.zone))
  );
$$;

-- Merchants where there is anything of a person, whatever they are a member of.
create function merchants_with(p_person text) returns setof text language sql stable as $$
  select m.id from merchants m
  where exists (select from memberships x where x.person_id = p_person and x.merchant_id = m.id)
    or exists (select from customers x where x.merchant_id = m.id and x.person_id = p_person)
    or exists (select from orders x where x.merchant_id = m.id and x.holder_id = p_person)
    or exists (select from shares x where x.merchant_id = m.id and x.sharer_id = p_person)
    or exists (select from vouchers x where x.merchant_id = m.id and x.holder_id = p_person)
    or exists (select from staff x where x.merchant_id = m.id and x.person_id = p_person)
    or exists (select from redemptions x where x.merchant_id = m.id and x.redeemed_by = p_person and x.redeemed_by like '%:%')
    or exists (select from rollbacks x where x.merchant_id = m.id and x.rolled_back_by = p_person and x.rolled_back_by like '%:%')
  union
  select u.merchant_id from usage_events u where u.person_id = p_person
  order by 1
$$;

-- Erases a person: nothing of what is left says any more who it was, and nobody can find out. Everything
-- they did stays as a deed of somebody, so that the books balance: who bought and shared, who got and
-- opened, who worked for the shop become three ids of chance at each merchant, so that what a shop knows of
-- an order leads to nothing else.
--
-- Their shares end, what is left on their vouchers is booked unused, their roles end, the invitations they
-- made are withdrawn, and what waits to be sent to them or was not handled is dropped. Whoever comes again
-- is a stranger. Doing it again changes nothing.
create function erase_person(p_person text) returns void language plpgsql
set plan_cache_mode = force_custom_plan
as $$
declare
  v_number constant text := split_part(p_person, ':', 2);
  v_merchants constant text[] := array(select merchants_with(p_person));
  v_worked constant boolean := exists (
    select from staff s
    where s.merchant_id = any (v_merchants) and s.person_id = p_person and s.removed_at is null
  );
  v_merchant text;
begin
  foreach v_merchant in array v_merchants loop
    perform erase_person_at(v_merchant, p_person);
  end loop;

  -- 'voucher:…' and its kind stay: they say that somebody was to be told
  update outbox o set gave_up_at = clock_timestamp(), person_id = null, payload = '{}', last_error = 'erased'
  where o.merchant_id = any (array_append(v_merchants, '')) and o.sent_at is null and o.gave_up_at is null
    and (o.person_id = p_person or v_number in (
      o.payload -> 'params' ->> 'chat_id', o.payload -> 'params' -> 'scope' ->> 'chat_id'
    ));
  -- a person's own updates, and those of others set aside that name them
  update inbox set done_at = clock_timestamp(), queue = '', payload = '{}', last_error = null
  where done_at is null and (
    queue in ('chat:' || v_number, 'person:' || v_number)
    or gave_up_at is not null and payload::text ~ ('\m' || v_number || '\M')
  );
  delete from memberships where person_id = p_person;
  delete from people where id = p_person;
  insert into erasures (id) values (gen_random_uuid());
  -- it tells nobody anything: the commands of the staff go from a menu, and the row forgets whose when it is sent
  insert into outbox (merchant_id, id, kind, payload)
  select '', 'menu:' || gen_random_uuid(), 'staff_menu_gone', jsonb_build_object('personId', p_person)
  where v_worked;
end;
$$;

-- The same at one merchant. Locks are taken as everybody takes them: orders, shares, campaigns, vouchers
-- with what hangs on them, customers. All campaigns are locked, so that a claim comes wholly before it and
-- is erased, or wholly after it and is a stranger's.
create function erase_person_at(p_merchant text, p_person text) returns void language plpgsql
set plan_cache_mode = force_custom_plan
as $$
declare
  v_buyer constant text := 'erased:' || replace(gen_random_uuid()::text, '-', '');
  v_getter constant text := 'erased:' || replace(gen_random_uuid()::text, '-', '');
  v_worker constant text := 'erased:' || replace(gen_random_uuid()::text, '-', '');
  v_orders text[];
  v_refs text[];
  v_shares text[];
  v_vouchers text[];
begin
  perform take_orders_in_turn(p_merchant);
  select coalesce(array_agg(x.id), '{}'), coalesce(array_agg(distinct x.customer_ref), '{}')
    into v_orders, v_refs
  from (
    select o.id, o.customer_ref from orders o
    where o.merchant_id = p_merchant and o.holder_id = p_person order by o.id for update
  ) x;
  select coalesce(array_agg(x.id), '{}') into v_shares
  from (
    select s.id from shares s
    where s.merchant_id = p_merchant and s.sharer_id = p_person order by s.id collate "C" for update
  ) x;
  perform 1 from campaigns c where c.merchant_id = p_merchant order by c.id collate "C" for update;
  perform close_share(p_merchant, share.id, 'revoked') from unnest(v_shares) as share (id);
  select coalesce(array_agg(x.id), '{}') into v_vouchers
  from (
    select v.id from vouchers v
    where v.merchant_id = p_merchant and v.holder_id = p_person order by v.id for update
  ) x;
  perform end_holds(p_merchant, v_vouchers, 'released');

  with left_over as (
    select v.id, v.campaign_id, c.currency, v.value_minor - v.redeemed_minor - v.unused_minor as rest
    from vouchers v join campaigns c on c.merchant_id = p_merchant and c.id = v.campaign_id
    where v.merchant_id = p_merchant and v.id = any (v_vouchers)
      and v.status in ('issued', 'held', 'partially_redeemed')
  ), revoked as (
    update vouchers v set status = 'revoked', unused_minor = v.unused_minor + x.rest
    from left_over x where v.merchant_id = p_merchant and v.id = x.id
  )
  insert into ledger (
    merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
  )
  select p_merchant, campaign_id, currency, 'erasure', id, 'issued', 'unused', rest
  from left_over where rest > 0;

  -- somebody got and opened
  update decisions d set person_id = v_getter
  where d.merchant_id = p_merchant and d.point = 'voucher' and d.subject_id in (
    select v.claim_id from vouchers v where v.merchant_id = p_merchant and v.id = any (v_vouchers)
  );
  update claims k set person_id = v_getter
  where k.merchant_id = p_merchant and k.person_id = p_person
    and k.campaign_id in (select c.id from campaigns c where c.merchant_id = p_merchant);
  update vouchers v set holder_id = v_getter
  where v.merchant_id = p_merchant and v.id = any (v_vouchers);

  -- somebody bought and shared; what the shop calls its customer is forgotten with them
  update decisions d set person_id = v_buyer
  where d.merchant_id = p_merchant and d.point = 'offer' and d.subject_id = any (v_orders);
  update cancellations x set customer_ref = null
  where x.merchant_id = p_merchant and x.customer_ref = any (v_refs);
  update orders o set customer_ref = null
  where o.merchant_id = p_merchant and o.customer_ref = any (v_refs);
  update orders o set holder_id = v_buyer where o.merchant_id = p_merchant and o.id = any (v_orders);
  update shares s set sharer_id = v_buyer where s.merchant_id = p_merchant and s.id = any (v_shares);
  delete from share_posts p
  where p.merchant_id = p_merchant and p.share_id = any (v_shares) and p.gone_at is not null;
  update usage_events u set person_id = case
    when u.kind in ('share_opened', 'claim_refused') then v_getter else v_buyer end
  where u.merchant_id = p_merchant and u.person_id = p_person;

  perform erase_worker_at(p_merchant, p_person, v_worker);
  delete from customers where merchant_id = p_merchant and person_id = p_person;
end;
$$;

-- What somebody did for a merchant was done by `p_worker`; they work there no more.
create function erase_worker_at(p_merchant text, p_person text, p_worker text) returns void
language plpgsql
set plan_cache_mode = force_custom_plan
as $$
begin
  update redemptions r set redeemed_by = p_worker, request_id = without_person(r.request_id, p_person, p_worker)
  where r.merchant_id = p_merchant and r.redeemed_by = p_person and r.redeemed_by like '%:%';
  update rollbacks b set
    rolled_back_by = p_worker, request_id = without_person(b.request_id, p_person, p_worker)
  where b.merchant_id = p_merchant and b.rolled_back_by = p_person and b.rolled_back_by like '%:%';
  if not exists (select from staff x where x.merchant_id = p_merchant and x.person_id = p_person) then
    return;
  end if;

  update staff x set
    person_id = p_worker, label = '', removed_at = coalesce(x.removed_at, clock_timestamp())
  where x.merchant_id = p_merchant and x.person_id = p_person;
  update invites i set
    invited_by = p_worker,
    expires_at = case when i.used_at is null then least(i.expires_at, clock_timestamp()) else i.expires_at end
  where i.merchant_id = p_merchant and i.invited_by = p_person;
  update invites i set used_by = p_worker, label = ''
  where i.merchant_id = p_merchant and i.used_by = p_person;
  update holds h set held_by = p_worker, request_id = without_person(h.request_id, p_person, p_worker)
  where h.merchant_id = p_merchant and h.held_by = p_person;
  update campaigns c set
    idempotency_key = without_person(c.idempotency_key, p_person, p_worker), request_hash = null
  where c.merchant_id = p_merchant and starts_with(c.idempotency_key, p_person || ':');
  update voucher_templates t set
    idempotency_key = without_person(t.idempotency_key, p_person, p_worker), request_hash = null
  where t.merchant_id = p_merchant and starts_with(t.idempotency_key, p_person || ':');
  update code_batches b set
    requested_by = p_worker, request_id = without_person(b.request_id, p_person, p_worker)
  where b.merchant_id = p_merchant and b.requested_by = p_person;
  update code_posts p set person_id = p_worker, gone_at = coalesce(p.gone_at, clock_timestamp())
  where p.merchant_id = p_merchant and p.person_id = p_person;
  update exports e set
    requested_by = p_worker, request_id = without_person(e.request_id, p_person, p_worker)
  where e.merchant_id = p_merchant and e.requested_by = p_person;
  update till_refusals r set by_id = p_worker
  where r.merchant_id = p_merchant and r.by_id = p_person;
  update audit_log a set
    by_id = case a.by_id when p_person then p_worker else a.by_id end,
    subject_id = case a.subject_id when p_person then p_worker else a.subject_id end,
    request_id = without_person(a.request_id, p_person, p_worker),
    detail = case a.subject when 'staff' then '{}'
      else replace(a.detail::text, to_json(p_person)::text, to_json(p_worker)::text)::jsonb end
  where a.merchant_id = p_merchant and (a.by_id = p_person or a.subject_id = p_person);
end;
$$;

-- A request id made from a message in somebody's chat (`telegram:42:17`) with another in their place.
create function without_person(p_request text, p_person text, p_instead text) returns text
language sql immutable as $$
  select case when starts_with(p_request, p_person || ':')
    then p_instead || substr(p_request, length(p_person) + 1) else p_request end
$$;
