-- Tables of Passalong. merchant_id comes first in every key of a tenant's table, so that the
-- database can be sharded by merchant. The tables of the installation come first; the rest is tenants'.
-- What can be counted has a CHECK, what happens once a unique key: the last line of defence.

create table merchants (
  id text primary key,
  name text not null check (length(name) between 1 and 120),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null default clock_timestamp()
);

-- People are `telegram:42`; nothing else about a person is kept but how to reach them.
create table people (
  id text primary key check (id ~ '^[a-z]{1,20}:[A-Za-z0-9_-]{1,64}$'),
  language text not null default 'en',
  language_chosen boolean not null default false,
  reachable boolean not null default false,
  seen_at timestamptz not null default clock_timestamp()
);

-- Which merchants a person has to do with: for the wallet and for staff.
create table memberships (
  person_id text not null,
  merchant_id text not null,
  primary key (person_id, merchant_id)
);

create table api_keys (
  digest text primary key,
  merchant_id text not null references merchants (id),
  label text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);

-- The 22 characters that stand in `?start=` and in buttons; kept as a digest, so that a copy of the
-- database opens nothing.
create table link_references (
  digest text primary key,
  merchant_id text not null references merchants (id),
  kind text not null check (kind in ('order', 'share', 'invite')),
  target_id text not null,
  expires_at timestamptz not null
);

create table inbox (
  bot_id bigint not null,
  update_id bigint not null,
  queue text not null,
  payload jsonb not null,
  received_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  leased_until timestamptz,
  done_at timestamptz,
  gave_up_at timestamptz,
  last_error text,
  primary key (bot_id, update_id)
);
create index inbox_waiting on inbox (bot_id, queue, received_at, update_id)
  where done_at is null and gave_up_at is null;
create index inbox_by_age on inbox (received_at);

create table stores (
  merchant_id text not null references merchants (id),
  id text not null,
  source_id text not null check (length(source_id) between 1 and 64),
  name text not null check (length(name) between 1 and 120),
  address text not null default '' check (length(address) <= 300),
  zone text not null default 'UTC',
  created_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, id)
);
create unique index one_store_per_source_id on stores (merchant_id, source_id);

create table staff (
  merchant_id text not null references merchants (id),
  person_id text not null,
  role text not null check (role in ('owner', 'manager', 'cashier', 'analyst')),
  label text not null default '' check (length(label) <= 60),
  joined_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz,
  primary key (merchant_id, person_id)
);

create table invites (
  merchant_id text not null references merchants (id),
  id text not null,
  role text not null check (role in ('owner', 'manager', 'cashier', 'analyst')),
  label text not null default '' check (length(label) <= 60),
  invited_by text,
  expires_at timestamptz not null,
  used_by text,
  used_at timestamptz,
  primary key (merchant_id, id)
);

-- A person as one merchant knows them. The counters are what matching reads.
create table customers (
  merchant_id text not null,
  person_id text not null,
  first_seen_at timestamptz not null default clock_timestamp(),
  orders_count integer not null default 0 check (orders_count >= 0),
  spent_minor bigint not null default 0 check (spent_minor >= 0),
  tastes jsonb not null default '{}',
  shares_count integer not null default 0 check (shares_count >= 0),
  claims_count integer not null default 0 check (claims_count >= 0),
  redemptions_count integer not null default 0 check (redemptions_count >= 0),
  primary key (merchant_id, person_id)
) with (fillfactor = 80);

create table orders (
  merchant_id text not null references merchants (id),
  id text not null,
  source_id text not null check (length(source_id) between 1 and 128),
  store_id text not null,
  placed_at timestamptz not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total_minor bigint not null check (total_minor >= 0),
  cancelled_minor bigint not null default 0 check (cancelled_minor >= 0),
  status text not null default 'placed' check (status in ('placed', 'partially_cancelled', 'cancelled')),
  customer_ref text,
  country text,
  lines jsonb not null,
  tastes jsonb not null default '{}',
  content_hash text not null,
  reference text not null,
  pin_sealed text not null,
  pin_tries integer not null default 0 check (pin_tries between 0 and 20),
  pin_locked_until timestamptz,
  holder_id text,
  bound_at timestamptz,
  received_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, id),
  foreign key (merchant_id, store_id) references stores (merchant_id, id)
);
create unique index one_order_per_source_id on orders (merchant_id, source_id);
create index orders_by_holder on orders (merchant_id, holder_id, placed_at) where holder_id is not null;
create index orders_by_customer_ref on orders (merchant_id, customer_ref, placed_at)
  where customer_ref is not null;

-- A cancellation may come before its order: then order_id is empty and it waits.
create table cancellations (
  merchant_id text not null references merchants (id),
  id text not null,
  source_id text not null check (length(source_id) between 1 and 160),
  order_source_id text,
  customer_ref text,
  cancelled_at timestamptz not null,
  amount_minor bigint check (amount_minor >= 0),
  lines jsonb not null default '[]',
  order_id text,
  received_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, id),
  foreign key (merchant_id, order_id) references orders (merchant_id, id)
);
create unique index one_cancellation_per_source_id on cancellations (merchant_id, source_id);
create index cancellations_waiting on cancellations (merchant_id) where order_id is null;
create index cancellations_by_order on cancellations (merchant_id, order_id);

create table campaigns (
  merchant_id text not null references merchants (id),
  id text not null,
  name text not null check (length(name) between 1 and 120),
  status text not null default 'draft' check (status in ('draft', 'active', 'paused', 'stopped')),
  mode text not null check (mode in ('random', 'matched')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  zone text not null default 'UTC',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  budget_minor bigint not null check (budget_minor > 0),
  reserved_minor bigint not null default 0 check (reserved_minor >= 0),
  issued_minor bigint not null default 0 check (issued_minor >= 0),
  slots_per_share integer not null check (slots_per_share between 1 and 100000),
  pot_minor bigint check (pot_minor > 0),
  draw_min_minor bigint check (draw_min_minor > 0),
  draw_max_minor bigint,
  share_ttl_seconds integer not null check (share_ttl_seconds between 60 and 7776000),
  valid_days integer not null check (valid_days between 1 and 730),
  sharer_may_claim boolean not null default true,
  claim_scope text not null default 'campaign' check (claim_scope in ('campaign', 'share')),
  idempotency_key text,
  request_hash text,
  created_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, id),
  constraint within_budget check (reserved_minor + issued_minor <= budget_minor),
  constraint ends_after_it_starts check (ends_at > starts_at),
  constraint random_has_a_pot check (
    (mode = 'random') = (pot_minor is not null and draw_min_minor is not null and draw_max_minor is not null)
  ),
  constraint pot_can_be_split check (
    mode <> 'random' or (
      draw_min_minor * slots_per_share <= pot_minor and pot_minor <= draw_max_minor * slots_per_share
    )
  )
);
create unique index one_campaign_per_idempotency_key on campaigns (merchant_id, idempotency_key)
  where idempotency_key is not null;

create table voucher_templates (
  merchant_id text not null references merchants (id),
  id text not null,
  campaign_id text not null,
  store_id text,
  name text not null check (length(name) between 1 and 120),
  kind text not null check (kind in ('percent_off', 'amount_off', 'gift_balance', 'free_item')),
  percent_bp integer check (percent_bp between 1 and 10000),
  -- The most that one voucher can cost: the amount, the balance, the item's price, or a percentage's maximum.
  value_minor bigint not null check (value_minor > 0),
  min_spend_minor bigint not null default 0 check (min_spend_minor >= 0),
  traits jsonb not null default '{}',
  quantity integer not null check (quantity > 0),
  issued integer not null default 0 check (issued >= 0),
  is_fallback boolean not null default false,
  idempotency_key text,
  request_hash text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, id),
  foreign key (merchant_id, campaign_id) references campaigns (merchant_id, id),
  foreign key (merchant_id, store_id) references stores (merchant_id, id),
  constraint issued_within_quantity check (issued <= quantity),
  constraint percent_has_a_rate check ((kind = 'percent_off') = (percent_bp is not null))
);
create unique index one_fallback_per_campaign on voucher_templates (merchant_id, campaign_id)
  where is_fallback;
create unique index one_template_per_idempotency_key on voucher_templates (merchant_id, idempotency_key)
  where idempotency_key is not null;
create index voucher_templates_by_campaign on voucher_templates (merchant_id, campaign_id);

create table offers (
  merchant_id text not null references merchants (id),
  id text not null,
  campaign_id text not null,
  title text not null check (length(title) between 1 and 120),
  body text not null default '' check (length(body) <= 600),
  fits jsonb not null default '{}',
  traits jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, id),
  foreign key (merchant_id, campaign_id) references campaigns (merchant_id, id)
);
create index offers_by_campaign on offers (merchant_id, campaign_id);

create table shares (
  merchant_id text not null references merchants (id),
  id text not null,
  campaign_id text not null,
  offer_id text not null,
  order_id text not null,
  sharer_id text not null,
  status text not null default 'draft'
    check (status in ('draft', 'open', 'exhausted', 'expired', 'revoked')),
  slots integer not null check (slots > 0),
  taken integer not null default 0 check (taken >= 0),
  pot_minor bigint not null default 0 check (pot_minor >= 0),
  seed text not null,
  seed_hash text not null,
  reference text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  opened_at timestamptz,
  closed_at timestamptz,
  primary key (merchant_id, id),
  foreign key (merchant_id, offer_id) references offers (merchant_id, id),
  foreign key (merchant_id, order_id) references orders (merchant_id, id),
  constraint taken_within_slots check (taken <= slots)
);
create unique index one_share_alive_per_order_and_offer on shares (merchant_id, order_id, offer_id)
  where status in ('draft', 'open', 'exhausted');
create index shares_by_sharer on shares (merchant_id, sharer_id, created_at);
create index shares_by_campaign on shares (merchant_id, campaign_id);
create index shares_to_close on shares (expires_at) where status in ('draft', 'open');

-- The random amounts of a share, split beforehand and shuffled; a claim takes the next position.
create table slots (
  merchant_id text not null,
  share_id text not null,
  position integer not null check (position > 0),
  amount_minor bigint not null check (amount_minor > 0),
  primary key (merchant_id, share_id, position)
);

-- Only somebody who got something has a row here. What a claim writes has no foreign key to merchants:
-- its merchant is that of a share whose row is locked, and a key would be checked seven times a claim.
create table claims (
  merchant_id text not null,
  id text not null,
  campaign_id text not null,
  share_id text not null,
  person_id text not null,
  scope text not null default '',
  result text not null check (result in ('allocated', 'fallback')),
  reason text,
  voucher_id text not null,
  claimed_at timestamptz not null,
  primary key (merchant_id, id)
);
create unique index one_claim_per_person on claims (merchant_id, campaign_id, scope, person_id);

create table vouchers (
  merchant_id text not null,
  id text not null,
  campaign_id text not null,
  template_id text not null,
  claim_id text not null,
  holder_id text not null,
  code text not null,
  value_minor bigint not null check (value_minor > 0),
  redeemed_minor bigint not null default 0 check (redeemed_minor >= 0),
  unused_minor bigint not null default 0 check (unused_minor >= 0),
  status text not null default 'issued'
    check (status in ('issued', 'held', 'partially_redeemed', 'redeemed', 'expired', 'revoked')),
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (merchant_id, id),
  constraint spent_within_value check (redeemed_minor + unused_minor <= value_minor)
);
create unique index one_voucher_per_code on vouchers (merchant_id, code);
create unique index one_voucher_per_claim on vouchers (merchant_id, claim_id);
create index vouchers_by_holder on vouchers (merchant_id, holder_id, issued_at);
create index vouchers_to_expire on vouchers (expires_at) where status in ('issued', 'held', 'partially_redeemed');

-- Which offer or template somebody got, from what, why and with what probability.
create table decisions (
  merchant_id text not null,
  point text not null check (point in ('offer', 'voucher')),
  subject_id text not null,
  person_id text not null,
  candidates jsonb not null,
  chosen_id text,
  chosen_by text not null check (chosen_by in ('match', 'draw', 'fallback')),
  propensity double precision not null check (propensity > 0 and propensity <= 1),
  reasons jsonb not null default '[]',
  model text not null,
  learnable boolean not null,
  decided_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, point, subject_id)
);

create table redemptions (
  merchant_id text not null references merchants (id),
  id text not null,
  voucher_id text not null,
  request_id text not null check (length(request_id) between 1 and 128),
  request_hash text not null,
  amount_minor bigint not null check (amount_minor > 0),
  unused_minor bigint not null default 0 check (unused_minor >= 0),
  rolled_back_minor bigint not null default 0 check (rolled_back_minor >= 0),
  status text not null default 'succeeded'
    check (status in ('succeeded', 'partially_rolled_back', 'rolled_back')),
  balance_after_minor bigint not null check (balance_after_minor >= 0),
  redeemed_by text not null,
  store_id text,
  redeemed_at timestamptz not null,
  primary key (merchant_id, id),
  constraint rolled_back_within_amount check (rolled_back_minor <= amount_minor)
);
create unique index one_redemption_per_request on redemptions (merchant_id, request_id);
create index redemptions_by_voucher on redemptions (merchant_id, voucher_id);

create table rollbacks (
  merchant_id text not null references merchants (id),
  id text not null,
  redemption_id text not null,
  request_id text not null check (length(request_id) between 1 and 128),
  request_hash text not null,
  amount_minor bigint not null check (amount_minor > 0),
  balance_after_minor bigint not null check (balance_after_minor >= 0),
  reason text not null default '' check (length(reason) <= 300),
  rolled_back_by text not null,
  rolled_back_at timestamptz not null,
  primary key (merchant_id, id)
);
create unique index one_rollback_per_request on rollbacks (merchant_id, request_id);
create index rollbacks_by_redemption on rollbacks (merchant_id, redemption_id);

-- One row a transfer. `merchant` is the outside; every other account belongs to the campaign.
create table ledger (
  merchant_id text not null,
  campaign_id text not null,
  currency text not null,
  cause text not null check (cause in (
    'campaign', 'fallback', 'share_opened', 'share_closed', 'voucher', 'redemption', 'rollback', 'expiry'
  )),
  cause_id text not null,
  from_account text not null
    check (from_account in ('merchant', 'available', 'reserved', 'fallback', 'issued', 'redeemed', 'unused')),
  to_account text not null
    check (to_account in ('merchant', 'available', 'reserved', 'fallback', 'issued', 'redeemed', 'unused')),
  amount_minor bigint not null check (amount_minor > 0),
  booked_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, cause, cause_id, from_account, to_account)
);

-- What somebody must be told. The id is the natural key of the telling, so a retry tells once.
-- Merchant '' is the installation itself: answers to commands that concern no merchant.
create table outbox (
  merchant_id text not null,
  id text not null,
  kind text not null,
  person_id text,
  payload jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp(),
  attempts integer not null default 0,
  leased_until timestamptz,
  sent_at timestamptz,
  gave_up_at timestamptz,
  last_error text,
  primary key (merchant_id, id)
);
create index outbox_due on outbox (due_at) where sent_at is null and gave_up_at is null;

-- What people did: the first time each person did each thing to each subject.
create table usage_events (
  merchant_id text not null,
  kind text not null check (kind in (
    'order_queried', 'offer_shown', 'offer_shared', 'share_opened', 'claim_refused'
  )),
  subject_id text not null,
  person_id text not null,
  campaign_id text,
  reason text,
  happened_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, kind, subject_id, person_id)
);
create index usage_events_by_campaign on usage_events (merchant_id, campaign_id, kind);

-- A share's messages in chats, and the state that they show.
create table share_posts (
  merchant_id text not null references merchants (id),
  share_id text not null,
  post_id text not null,
  shown text not null default '',
  edited_at timestamptz not null default clock_timestamp(),
  gone_at timestamptz,
  primary key (merchant_id, share_id, post_id)
);
create index share_posts_live on share_posts (edited_at) where gone_at is null;
