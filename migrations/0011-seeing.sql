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
