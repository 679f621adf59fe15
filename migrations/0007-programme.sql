-- What a merchant may set: limits of a campaign, its hours, who is rewarded, what a refund does; and the
-- log of who changed what. The claim looks at all of it: migrations/0008-limits.sql.

-- What one column may hold is said by domains here: they are looked at when the column is written, and a
-- CHECK of the table with every claim.
create domain name_line as text check (length(value) between 1 and 120);
create domain currency_code as text check (value ~ '^[A-Z]{3}$');
create domain positive_count as integer check (value > 0);
create domain positive_minor as bigint check (value > 0);
create domain counter as integer check (value >= 0);
create domain counter_minor as bigint check (value >= 0);
create domain slots_of_a_share as integer check (value between 1 and 100000);
create domain share_seconds as integer check (value between 60 and 7776000);
create domain days_of_validity as integer check (value between 1 and 730);
create domain basis_points as integer check (value between 1 and 10000);
create domain weekday_bits as smallint check (value between 1 and 127);
create domain from_minute as smallint check (value between 0 and 1439);
create domain to_minute as smallint check (value between 1 and 1440);
create domain campaign_status as text check (value in ('draft', 'active', 'paused', 'stopped'));
create domain campaign_mode as text check (value in ('random', 'matched'));
create domain claim_scope as text check (value in ('campaign', 'share'));
create domain limit_period as text check (value in ('day', 'week', 'month', 'campaign'));
create domain on_cancelled_share as text check (value in ('keep', 'revoke'));
create domain on_refund as text check (value in ('roll_back', 'keep'));
create domain reward_cause as text check (value in ('claims', 'redemptions'));
create domain voucher_kind as text check (value in ('percent_off', 'amount_off', 'gift_balance', 'free_item'));

alter table campaigns
  drop constraint campaigns_name_check, alter column name type name_line,
  drop constraint campaigns_currency_check, alter column currency type currency_code,
  drop constraint campaigns_status_check, alter column status type campaign_status,
  drop constraint campaigns_mode_check, alter column mode type campaign_mode,
  drop constraint campaigns_claim_scope_check, alter column claim_scope type claim_scope,
  drop constraint campaigns_budget_minor_check, alter column budget_minor type positive_minor,
  drop constraint campaigns_reserved_minor_check, alter column reserved_minor type counter_minor,
  drop constraint campaigns_issued_minor_check, alter column issued_minor type counter_minor,
  drop constraint campaigns_slots_per_share_check, alter column slots_per_share type slots_of_a_share,
  drop constraint campaigns_pot_minor_check, alter column pot_minor type positive_minor,
  drop constraint campaigns_draw_min_minor_check, alter column draw_min_minor type positive_minor,
  drop constraint campaigns_share_ttl_seconds_check, alter column share_ttl_seconds type share_seconds,
  drop constraint campaigns_valid_days_check, alter column valid_days type days_of_validity;

alter table voucher_templates
  drop constraint voucher_templates_name_check, alter column name type name_line,
  drop constraint voucher_templates_kind_check, alter column kind type voucher_kind,
  drop constraint voucher_templates_percent_bp_check, alter column percent_bp type basis_points,
  drop constraint voucher_templates_value_minor_check, alter column value_minor type positive_minor,
  drop constraint voucher_templates_min_spend_minor_check, alter column min_spend_minor type counter_minor,
  drop constraint voucher_templates_quantity_check, alter column quantity type positive_count,
  drop constraint voucher_templates_issued_check, alter column issued type counter;

alter table campaigns
  -- vouchers that the budget pays for: how many in all, and how many and how much on one day of its zone
  add column max_vouchers positive_count,
  add column issued_count counter not null default 0,
  add column day_max_vouchers positive_count,
  add column day_budget_minor positive_minor,
  add column day date,
  add column day_count counter not null default 0,
  add column day_minor counter_minor not null default 0,
  -- when it gives: a bit for each weekday, Monday the lowest, and minutes of the day in its zone;
  -- a window whose end is before its start goes on after midnight
  add column open_weekdays weekday_bits not null default 127,
  add column open_from_minute from_minute not null default 0,
  add column open_to_minute to_minute not null default 1440,
  -- how many one person gets in a period, where a campaign gives one per share
  add column person_limit positive_count,
  add column person_period limit_period,
  -- empty: valid in every store
  add column store_ids text[] not null default '{}',
  -- what becomes of unspent vouchers when the order of their share is cancelled, and of a redemption
  -- when the order that it paid for is
  add column on_cancelled_share on_cancelled_share not null default 'keep',
  add column on_refund on_refund not null default 'roll_back',
  -- the sharer's voucher: after so many claims or redemptions of one share
  add column reward_after positive_count,
  add column reward_for reward_cause,
  add constraint within_count check (issued_count <= max_vouchers),
  add constraint within_day_count check (day_count <= day_max_vouchers),
  add constraint within_day_budget check (day_minor <= day_budget_minor),
  add constraint person_limit_has_a_period check ((person_limit is null) = (person_period is null)),
  add constraint reward_is_for_something check ((reward_after is null) = (reward_for is null));

update campaigns c set (issued_count, day, day_count, day_minor) = (
  select count(v.day), g.today, count(*) filter (where v.day = g.today),
         coalesce(sum(v.value_minor) filter (where v.day = g.today), 0)
  from (select (clock_timestamp() at time zone c.zone)::date as today) g
  left join (
    select x.value_minor, (x.issued_at at time zone c.zone)::date as day
    from vouchers x
    join voucher_templates t on t.merchant_id = x.merchant_id and t.id = x.template_id and not t.is_fallback
    where x.merchant_id = c.merchant_id and x.campaign_id = c.id
  ) v on true
  group by g.today
);

alter table voucher_templates
  -- what a sharer gets; like the fallback it has a budget of its own
  add column is_reward boolean not null default false,
  -- when it can be spent, as a campaign's hours
  add column use_weekdays weekday_bits not null default 127,
  add column use_from_minute from_minute not null default 0,
  add column use_to_minute to_minute not null default 1440,
  -- codes that were made or imported beforehand are given in order of their position
  add column has_own_codes boolean not null default false,
  add column codes_made counter not null default 0,
  add column codes_taken counter not null default 0,
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
