-- What a merchant may set: limits of a campaign, its hours, who is rewarded, what a refund does; and the
-- log of who changed what. The claim looks at all of it: migrations/0008-limits.sql.

alter table campaigns
  -- vouchers that the budget pays for: how many in all, and how many and how much on one day of its zone
  add column max_vouchers integer check (max_vouchers > 0),
  add column issued_count integer not null default 0 check (issued_count >= 0),
  add column day_max_vouchers integer check (day_max_vouchers > 0),
  add column day_budget_minor bigint check (day_budget_minor > 0),
  add column day date,
  add column day_count integer not null default 0 check (day_count >= 0),
  add column day_minor bigint not null default 0 check (day_minor >= 0),
  -- when it gives: a bit for each weekday, Monday the lowest, and minutes of the day in its zone;
  -- a window whose end is before its start goes on after midnight
  add column open_weekdays smallint not null default 127 check (open_weekdays between 1 and 127),
  add column open_from_minute smallint not null default 0 check (open_from_minute between 0 and 1439),
  add column open_to_minute smallint not null default 1440 check (open_to_minute between 1 and 1440),
  -- how many one person gets in a period, where a campaign gives one per share
  add column person_limit integer check (person_limit > 0),
  add column person_period text check (person_period in ('day', 'week', 'month', 'campaign')),
  -- empty: valid in every store
  add column store_ids text[] not null default '{}',
  -- what becomes of unspent vouchers when the order of their share is cancelled, and of a redemption
  -- when the order that it paid for is
  add column on_cancelled_share text not null default 'keep' check (on_cancelled_share in ('keep', 'revoke')),
  add column on_refund text not null default 'roll_back' check (on_refund in ('roll_back', 'keep')),
  -- the sharer's voucher: after so many claims or redemptions of one share
  add column reward_after integer check (reward_after > 0),
  add column reward_for text check (reward_for in ('claims', 'redemptions')),
  add constraint within_count check (issued_count <= max_vouchers),
  add constraint within_day_count check (day_count <= day_max_vouchers),
  add constraint within_day_budget check (day_minor <= day_budget_minor),
  add constraint person_limit_has_a_period check ((person_limit is null) = (person_period is null)),
  add constraint reward_is_for_something check ((reward_after is null) = (reward_for is null));

update campaigns c set issued_count = (
  select count(*) from vouchers v
  join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
  where v.merchant_id = c.merchant_id and v.campaign_id = c.id and not t.is_fallback
);

alter table voucher_templates
  -- what a sharer gets; like the fallback it has a budget of its own
  add column is_reward boolean not null default false,
  -- when it can be spent, as a campaign's hours
  add column use_weekdays smallint not null default 127 check (use_weekdays between 1 and 127),
  add column use_from_minute smallint not null default 0 check (use_from_minute between 0 and 1439),
  add column use_to_minute smallint not null default 1440 check (use_to_minute between 1 and 1440),
  -- codes that were made or imported beforehand are given in order of their position
  add column has_own_codes boolean not null default false,
  add column codes_made integer not null default 0 check (codes_made >= 0),
  add column codes_taken integer not null default 0 check (codes_taken >= 0),
  add constraint codes_taken_were_made check (codes_taken <= codes_made),
  add constraint fallback_or_reward check (not (is_fallback and is_reward));
create unique index one_reward_per_campaign on voucher_templates (merchant_id, campaign_id) where is_reward;

alter table claims drop constraint claims_result_check;
alter table claims add constraint claims_result_check check (result in ('allocated', 'fallback', 'reward'));
alter table decisions drop constraint decisions_chosen_by_check;
alter table decisions add constraint decisions_chosen_by_check
  check (chosen_by in ('match', 'draw', 'fallback', 'reward'));

alter table ledger drop constraint ledger_cause_check;
alter table ledger add constraint ledger_cause_check check (cause in (
  'campaign', 'budget', 'fallback', 'reward', 'share_opened', 'share_closed', 'voucher', 'redemption',
  'rollback', 'expiry', 'revocation', 'erasure'
));
alter table ledger drop constraint ledger_from_account_check;
alter table ledger add constraint ledger_from_account_check check (from_account in (
  'merchant', 'available', 'reserved', 'fallback', 'reward', 'issued', 'redeemed', 'unused'
));
alter table ledger drop constraint ledger_to_account_check;
alter table ledger add constraint ledger_to_account_check check (to_account in (
  'merchant', 'available', 'reserved', 'fallback', 'reward', 'issued', 'redeemed', 'unused'
));

-- Reminders come in the person's zone, where it is known, and only while they are wanted.
alter table people
  add column zone text,
  add column reminders boolean not null default true;

-- Who changed what of a merchant's, and when; written in the statement that changes it.
create table audit_log (
  merchant_id text not null references merchants (id),
  id text not null,
  subject text not null check (subject in ('campaign', 'template', 'offer', 'store', 'staff', 'codes', 'merchant')),
  subject_id text not null,
  action text not null check (length(action) between 1 and 40),
  by_id text not null,
  detail jsonb not null default '{}',
  request_id text check (length(request_id) between 1 and 128),
  happened_at timestamptz not null default clock_timestamp(),
  primary key (merchant_id, id)
);
create unique index one_change_per_request on audit_log (merchant_id, request_id) where request_id is not null;
create index audit_log_by_subject on audit_log (merchant_id, subject, subject_id, happened_at);

-- Codes that wait for somebody to be given them: made or imported in batches, never changed. A template's
-- codes are given in order of their position, from 1 without a gap: `codes_taken` says how far.
create table code_batches (
  merchant_id text not null references merchants (id),
  id text not null,
  template_id text not null,
  source text not null check (source in ('generated', 'imported')),
  prefix text not null default '' check (length(prefix) <= 16),
  code_length integer check (code_length between 4 and 40),
  wanted integer not null check (wanted > 0),
  made integer not null default 0 check (made >= 0),
  duplicates integer not null default 0 check (duplicates >= 0),
  status text not null default 'running' check (status in ('running', 'done', 'cancelled', 'failed')),
  requested_by text not null,
  request_id text check (length(request_id) between 1 and 128),
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (merchant_id, id),
  foreign key (merchant_id, template_id) references voucher_templates (merchant_id, id),
  constraint made_within_wanted check (made <= wanted)
);
create unique index one_batch_per_request on code_batches (merchant_id, request_id) where request_id is not null;
create index code_batches_running on code_batches (created_at) where status = 'running';

create table codes (
  merchant_id text not null,
  code text not null check (length(code) between 4 and 64),
  template_id text not null,
  position integer not null check (position > 0),
  batch_id text not null,
  primary key (merchant_id, code)
);
create unique index one_code_per_position on codes (merchant_id, template_id, position);

-- Whether a window of weekdays and hours is open at a moment, by the clocks of a zone. A window that goes
-- on after midnight belongs to the day on which it began.
create function within_hours(
  p_at timestamptz, p_zone text, p_weekdays integer, p_from integer, p_to integer
) returns boolean language sql stable as $$
  select case
    when p_weekdays = 127 and p_from = 0 and p_to = 1440 then true
    when p_from < p_to then minute >= p_from and minute < p_to and (p_weekdays >> (weekday - 1)) & 1 = 1
    when minute >= p_from then (p_weekdays >> (weekday - 1)) & 1 = 1
    else minute < p_to and (p_weekdays >> ((weekday + 5) % 7)) & 1 = 1
  end
  from (
    select extract(hour from p_at at time zone p_zone)::integer * 60
             + extract(minute from p_at at time zone p_zone)::integer as minute,
           extract(isodow from p_at at time zone p_zone)::integer as weekday
  ) clock
$$;

-- When a period of a zone began: a day, a week from its Monday, a month.
create function start_of_period(p_at timestamptz, p_zone text, p_period text) returns timestamptz
language sql stable as $$
  select case p_period when 'campaign' then '-infinity'::timestamptz
         else date_trunc(p_period, p_at, p_zone) end
$$;
