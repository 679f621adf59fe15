-- What a merchant knows of a customer from orders, derived anew from the orders themselves.
create function refresh_customer(p_merchant text, p_person text) returns void language sql as $$
  with bought as (
    select * from orders
    where merchant_id = p_merchant and holder_id = p_person and status <> 'cancelled'
  ), tastes as (
    select key, sum(value::bigint)::bigint as spent from bought, jsonb_each_text(bought.tastes) group by key
  )
  insert into customers (merchant_id, person_id, orders_count, spent_minor, tastes)
  select p_merchant, p_person,
         (select count(*)::integer from bought),
         (select coalesce(sum(greatest(total_minor - cancelled_minor, 0)), 0)::bigint from bought),
         (select coalesce(jsonb_object_agg(key, spent), '{}') from tastes)
  on conflict (merchant_id, person_id) do update set
    orders_count = excluded.orders_count,
    spent_minor = excluded.spent_minor,
    tastes = excluded.tastes;
$$;

-- An order and its cancellation that come at the same moment must see each other, whichever is first:
-- what a merchant sends is taken in one after the other.
create function take_orders_in_turn(p_merchant text) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('orders of ' || p_merchant, 0))
$$;

-- Takes in orders of one store, each a JSON object. An order that is known by its source id is changed
-- when its content hash differs and left alone otherwise; what was made for it at first (id, PIN,
-- reference, holder) stays, and what was cancelled stays cancelled. The last object of a source id
-- counts. Answers taken, changed or unchanged for each.
create function ingest_orders(p_merchant text, p_store text, p_orders text[])
returns table (source_id text, order_id text, outcome text, reference text, pin_sealed text)
language plpgsql as $$
#variable_conflict use_column
declare
  v_taken text[];
  v_changed text[];
  v_sources text[];
begin
  perform take_orders_in_turn(p_merchant);
  with given as (
    select distinct on (o.source_id) o.* from unnest(p_orders) with ordinality as a (item, i),
      jsonb_to_record(a.item::jsonb) as o (
        id text, source_id text, placed_at timestamptz, currency text, total_minor bigint,
        customer_ref text, country text, lines jsonb, tastes jsonb, content_hash text, reference text,
        pin_sealed text
      )
    order by o.source_id, a.i desc
  ), written as (
    insert into orders (
      merchant_id, id, source_id, store_id, placed_at, currency, total_minor, customer_ref, country,
      lines, tastes, content_hash, reference, pin_sealed
    )
    select p_merchant, id, source_id, p_store, placed_at, currency, total_minor, customer_ref, country,
           lines, tastes, content_hash, reference, pin_sealed
    from given
    on conflict (merchant_id, source_id) do update set
      store_id = excluded.store_id, placed_at = excluded.placed_at, currency = excluded.currency,
      total_minor = excluded.total_minor, customer_ref = excluded.customer_ref,
      country = excluded.country, lines = excluded.lines, tastes = excluded.tastes,
      content_hash = excluded.content_hash, changed_at = clock_timestamp()
    where orders.content_hash <> excluded.content_hash or orders.store_id <> excluded.store_id
    returning source_id, xmax = 0 as is_new
  )
  select coalesce(array_agg(source_id) filter (where is_new), '{}'),
         coalesce(array_agg(source_id) filter (where not is_new), '{}')
    into v_taken, v_changed
  from written;

  insert into link_references (digest, merchant_id, kind, target_id, expires_at)
  select encode(sha256(convert_to(reference, 'UTF8')), 'hex'), p_merchant, 'order', id, 'infinity'
  from orders where merchant_id = p_merchant and source_id = any (v_taken);

  perform refresh_customer(p_merchant, holder_id)
  from (
    select distinct holder_id from orders
    where merchant_id = p_merchant and source_id = any (v_changed) and holder_id is not null
    order by holder_id
  ) changed;
  perform match_cancellations(p_merchant, v_taken || v_changed);

  select array_agg(distinct a.item::jsonb ->> 'source_id') into v_sources from unnest(p_orders) as a (item);
  return query
    select o.source_id, o.id,
           case when o.source_id = any (v_taken) then 'taken'
                when o.source_id = any (v_changed) then 'changed'
                else 'unchanged' end,
           o.reference, o.pin_sealed
    from orders o where o.merchant_id = p_merchant and o.source_id = any (v_sources);
end;
$$;

-- Takes in cancellations, each a JSON object; a repeated source id changes nothing. One whose order is
-- not there yet waits for it. Answers the order's source id, or null while it waits.
create function ingest_cancellations(p_merchant text, p_cancellations text[])
returns table (source_id text, outcome text, order_source_id text)
language plpgsql as $$
#variable_conflict use_column
declare
  v_taken text[];
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

  perform match_cancellations(p_merchant, (
    select array_agg(o.source_id)
    from cancellations c
    join orders o on o.merchant_id = p_merchant
      and (o.source_id = c.order_source_id or (c.order_source_id is null and o.customer_ref = c.customer_ref))
    where c.merchant_id = p_merchant and c.source_id = any (v_taken)
  ));

  return query
    select c.source_id, case when c.source_id = any (v_taken) then 'taken' else 'unchanged' end, o.source_id
    from unnest(p_cancellations) as a (item)
    join cancellations c on c.merchant_id = p_merchant and c.source_id = a.item::jsonb ->> 'source_id'
    left join orders o on o.merchant_id = p_merchant and o.id = c.order_id;
end;
$$;

-- Gives waiting cancellations the order they belong to, if it is among `p_sources`: the one they name;
-- else the latest earlier order of the same customer that holds every article cancelled in at least the
-- quantity cancelled, not counting what was cancelled before. A wholly cancelled order ends its shares.
-- Locks are taken as claims take them: orders, then all shares, then their campaigns, then customers.
create function match_cancellations(p_merchant text, p_sources text[]) returns void
language plpgsql as $$
declare
  waiting record;
  v_order orders;
  v_cancelled text[] := '{}';
  v_shares text[];
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
    v_holders := v_holders || v_order.holder_id;
  end loop;

  if cardinality(v_cancelled) > 0 then
    select array_agg(locked.id order by locked.id) into v_shares
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
  perform refresh_customer(p_merchant, holder.id)
  from (
    select distinct h.id from unnest(v_holders) as h (id) where h.id is not null order by h.id
  ) holder;
end;
$$;

-- Binds an order to the first person who opens it and notes that it was asked for. Answers the holder,
-- which is somebody else's id when they came first.
create function bind_order(p_merchant text, p_order text, p_person text) returns text
language plpgsql as $$
declare
  v_holder text;
begin
  update orders set holder_id = p_person, bound_at = clock_timestamp(), pin_tries = 0, pin_locked_until = null
  where merchant_id = p_merchant and id = p_order and holder_id is null;
  if found then
    -- the customer first, as a claim does, so that the two cannot wait for each other
    perform refresh_customer(p_merchant, p_person);
    insert into memberships (person_id, merchant_id) values (p_person, p_merchant) on conflict do nothing;
  end if;
  select holder_id into v_holder from orders where merchant_id = p_merchant and id = p_order;
  if v_holder = p_person then
    update orders set pin_tries = 0, pin_locked_until = null
    where merchant_id = p_merchant and id = p_order and pin_tries > 0;
    insert into usage_events (merchant_id, kind, subject_id, person_id)
    values (p_merchant, 'order_queried', p_order, p_person) on conflict do nothing;
  end if;
  return v_holder;
end;
$$;
