-- What an offer asks of an order is a rule now: parts that all hold, any of which holds, or that do not.
-- Codes are made and imported a chunk at a time, by one worker at a time.

alter table offers add column rule jsonb;
update offers o set rule = case jsonb_array_length(stated.parts)
    when 0 then null when 1 then stated.parts -> 0 else jsonb_build_object('all', stated.parts) end
from (
  select f.merchant_id, f.id, coalesce(jsonb_agg(part order by place) filter (where part is not null), '[]') as parts
  from offers f
  cross join lateral (values
    (1, case when f.fits ?| array['minTotalMinor', 'maxTotalMinor'] then jsonb_build_object('amountMinor',
      jsonb_strip_nulls(jsonb_build_object('from', f.fits -> 'minTotalMinor', 'to', f.fits -> 'maxTotalMinor'))) end),
    (2, case when f.fits ? 'categories' then jsonb_build_object('categories', f.fits -> 'categories') end),
    (3, case when f.fits ? 'storeIds' then jsonb_build_object('storeIds', f.fits -> 'storeIds') end)
  ) condition (place, part)
  group by f.merchant_id, f.id
) stated
where stated.merchant_id = o.merchant_id and stated.id = o.id;
alter table offers drop column fits;

-- Who works on a batch, and until when nobody else may; what a worker that was killed has left goes on
-- when that time is over.
alter table code_batches
  add column worker text,
  add column leased_until timestamptz;

-- The message in somebody's chat that shows how far a batch has come.
create table code_posts (
  merchant_id text not null,
  batch_id text not null,
  person_id text not null,
  -- of the message in the chat; empty until it was sent
  message_id bigint,
  shown text not null default '',
  edited_at timestamptz not null default clock_timestamp(),
  gone_at timestamptz,
  primary key (merchant_id, batch_id),
  foreign key (merchant_id, batch_id) references code_batches (merchant_id, id)
);
create index code_posts_live on code_posts (edited_at) where gone_at is null;

-- Codes of one merchant are written one chunk after the other, so that positions have no gap and what is
-- looked for is there or is not.
create function write_codes_in_turn(p_merchant text) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('codes of ' || p_merchant, 0))
$$;

-- Begins a batch of codes to make. Refused, with the reason as the status, where the template is not there,
-- or where the codes asked for and those made before would be more than half of all there are of this kind
-- (p_space). A request that is known is answered as it was: whose hash differs asks for something else.
create function start_code_batch(
  p_merchant text,
  p_id text,
  p_template text,
  p_prefix text,
  p_length integer,
  p_wanted integer,
  p_space numeric,
  p_by text,
  p_request text,
  p_worker text,
  p_lease_seconds integer,
  p_change text
) returns table (outcome text, batch_id text) language plpgsql as $$
declare
  v_known code_batches;
begin
  perform write_codes_in_turn(p_merchant);
  select * into v_known from code_batches b where b.merchant_id = p_merchant and b.request_id = p_request;
  if found then
    return query select case
      when v_known.template_id = p_template and v_known.prefix = p_prefix and v_known.wanted = p_wanted
        and v_known.code_length = p_length then 'repeated' else 'conflict' end, v_known.id;
    return;
  end if;
  perform 1 from voucher_templates t where t.merchant_id = p_merchant and t.id = p_template;
  if not found then
    return query select 'unknown_template', null::text;
    return;
  end if;
  if p_wanted + (
    select coalesce(sum(case when b.status = 'running' then b.wanted else b.made end), 0) from code_batches b
    where b.merchant_id = p_merchant and b.source = 'generated' and b.prefix = p_prefix
      and b.code_length = p_length
  ) > p_space / 2 then
    return query select 'too_many', null::text;
    return;
  end if;

  with started as (
    insert into code_batches (
      merchant_id, id, template_id, source, prefix, code_length, wanted, requested_by, request_id, worker,
      leased_until
    ) values (
      p_merchant, p_id, p_template, 'generated', p_prefix, p_length, p_wanted, p_by, p_request, p_worker,
      case when p_worker is not null then clock_timestamp() + make_interval(secs => p_lease_seconds) end
    )
    returning merchant_id, id
  ), posted as (
    insert into code_posts (merchant_id, batch_id, person_id)
    select s.merchant_id, s.id, p_by from started s where p_by like 'telegram:%'
  )
  insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
  select s.merchant_id, p_change, 'codes', p_template, 'make', p_by,
         jsonb_build_object('batch', s.id, 'after', jsonb_build_object('count', p_wanted, 'prefix', p_prefix))
  from started s;
  return query select 'started', p_id;
end;
$$;

-- Puts a chunk of new codes into the pool and raises both counters with it. What is taken already, among
-- codes or among vouchers, is left out: the next chunk makes up for it. Answers how far the batch has come;
-- nothing is written once it is no longer the worker's or no longer running.
create function add_codes(
  p_merchant text, p_batch text, p_worker text, p_codes text[], p_lease_seconds integer
) returns table (made integer, wanted integer, status text) language plpgsql as $$
#variable_conflict use_column
declare
  v_batch code_batches;
  v_before integer;
  v_count integer;
begin
  perform write_codes_in_turn(p_merchant);
  select * into v_batch from code_batches b
  where b.merchant_id = p_merchant and b.id = p_batch and b.status = 'running' and b.worker = p_worker
  for update;
  if not found then
    return query select b.made, b.wanted, case b.status when 'running' then 'lost' else b.status end
      from code_batches b where b.merchant_id = p_merchant and b.id = p_batch;
    return;
  end if;
  select t.codes_made into v_before from voucher_templates t
  where t.merchant_id = p_merchant and t.id = v_batch.template_id;

  -- long codes are new, all of them: they are written as they come, and looked for one by one only where
  -- one of them was there
  begin
    if exists (select from vouchers v where v.merchant_id = p_merchant and v.code = any (p_codes)) then
      raise unique_violation;
    end if;
    insert into codes (merchant_id, code, template_id, position, batch_id)
    select p_merchant, n.code, v_batch.template_id, v_before + n.i, p_batch
    from unnest(p_codes) with ordinality n (code, i)
    where n.i <= v_batch.wanted - v_batch.made;
  exception when unique_violation then
    insert into codes (merchant_id, code, template_id, position, batch_id)
    select p_merchant, n.code, v_batch.template_id, v_before + n.place, p_batch
    from (
      select g.code, row_number() over (order by g.i) as place
      from (select a.code, min(a.i) as i from unnest(p_codes) with ordinality a (code, i) group by a.code) g
      where not exists (select from codes c where c.merchant_id = p_merchant and c.code = g.code)
        and not exists (select from vouchers v where v.merchant_id = p_merchant and v.code = g.code)
    ) n
    where n.place <= v_batch.wanted - v_batch.made;
  end;
  get diagnostics v_count = row_count;

  update voucher_templates t set codes_made = t.codes_made + v_count, has_own_codes = true
  where t.merchant_id = p_merchant and t.id = v_batch.template_id and v_count > 0;
  return query
    update code_batches b set
      made = b.made + v_count,
      duplicates = b.duplicates + least(cardinality(p_codes), b.wanted - b.made) - v_count,
      leased_until = clock_timestamp() + make_interval(secs => p_lease_seconds),
      status = case when b.made + v_count = b.wanted then 'done' else 'running' end,
      finished_at = case when b.made + v_count = b.wanted then clock_timestamp() end
    where b.merchant_id = p_merchant and b.id = p_batch
    returning b.made, b.wanted, b.status;
end;
$$;

-- Takes a chunk of a merchant's own codes into the pool; each is new to the chunk. The batch is made with
-- the first code that is new, so that the same file again leaves no trace. Answers for every code that was
-- there before where it was: in this import, in the pool, or on a voucher.
create function import_codes(
  p_merchant text, p_template text, p_batch text, p_by text, p_codes text[], p_change text
) returns table (outcome text, code text, known text) language plpgsql as $$
#variable_conflict use_column
declare
  v_before integer;
  v_count integer;
begin
  perform write_codes_in_turn(p_merchant);
  select t.codes_made into v_before from voucher_templates t
  where t.merchant_id = p_merchant and t.id = p_template;
  if not found then
    return query select 'unknown_template', null::text, null::text;
    return;
  end if;
  return query
    select 'known', g.code, case when c.batch_id = p_batch then 'import' when v.code is not null then 'voucher'
           else 'pool' end
    from unnest(p_codes) g (code)
    left join codes c on c.merchant_id = p_merchant and c.code = g.code
    left join vouchers v on v.merchant_id = p_merchant and v.code = g.code
    where c.code is not null or v.code is not null;

  insert into codes (merchant_id, code, template_id, position, batch_id)
  select p_merchant, n.code, p_template, v_before + row_number() over (order by n.i)::integer, p_batch
  from unnest(p_codes) with ordinality n (code, i)
  where not exists (select from codes c where c.merchant_id = p_merchant and c.code = n.code)
    and not exists (select from vouchers v where v.merchant_id = p_merchant and v.code = n.code);
  get diagnostics v_count = row_count;
  if v_count = 0 then
    return;
  end if;

  update voucher_templates t set codes_made = t.codes_made + v_count, has_own_codes = true
  where t.merchant_id = p_merchant and t.id = p_template;
  with batch as (
    insert into code_batches (
      merchant_id, id, template_id, source, wanted, made, duplicates, status, requested_by, finished_at
    ) values (
      p_merchant, p_batch, p_template, 'imported', v_count, v_count, cardinality(p_codes) - v_count, 'done', p_by,
      clock_timestamp()
    )
    on conflict (merchant_id, id) do update set
      wanted = code_batches.wanted + excluded.wanted,
      made = code_batches.made + excluded.made,
      duplicates = code_batches.duplicates + excluded.duplicates,
      finished_at = excluded.finished_at
    returning merchant_id, id, made = v_count as is_new
  )
  insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
  select b.merchant_id, p_change, 'codes', p_template, 'import', p_by, jsonb_build_object('batch', b.id)
  from batch b where b.is_new;
end;
$$;
