import type { SeededBug } from './seeded-bugs.ts'

/** Mistakes at the till: what is spent, held, given back and withdrawn. */
export const SPENDING_BUGS: readonly SeededBug[] = [
  {
    name: 'a redemption does not look at the balance',
    by: 'spending',
    edits: [{ in: 'judge_spending', find: /v_wanted > v_(left|free)/g, put: 'false' }],
    drop: [
      { constraint: 'spent_within_value', of: 'vouchers' },
      { constraint: 'redemptions_balance_after_minor_check', of: 'redemptions' },
    ],
  },
  {
    name: 'a till reads, then writes, and locks nothing',
    by: 'races',
    edits: [{ in: 'lock_voucher', find: /for update/, put: '' }],
  },
  {
    name: 'the request id of a redemption is ignored',
    by: 'spending',
    edits: [{ in: 'redeem_voucher', find: /if found then/, put: 'if false then' }],
    drop: [{ index: 'one_redemption_per_request' }],
  },
  {
    name: 'a rollback knows no limit',
    by: 'spending',
    edits: [{ in: 'roll_back_redemption', find: /v_amount > v_left|v_left = 0/g, put: 'false' }],
    drop: [{ constraint: 'rolled_back_within_amount', of: 'redemptions' }],
  },
  {
    name: 'a rollback locks nothing',
    by: 'races',
    edits: [{ in: 'roll_back_redemption', find: /for update/g, put: '' }],
    drop: [{ constraint: 'rolled_back_within_amount', of: 'redemptions' }],
  },
  {
    name: 'a redemption does not look at holds',
    by: 'spending',
    edits: [{ in: 'judge_spending', find: /v_left - p_held/, put: 'v_left' }],
    drop: [{ constraint: 'spent_within_value', of: 'vouchers' }],
  },
  {
    name: 'a hold is released twice',
    by: 'spending',
    edits: [{ in: 'release_hold', find: /when 'held' then/, put: "when 'held', 'released' then" }],
  },
  {
    name: 'a hold that was spent can be spent again',
    by: 'spending',
    edits: [
      { in: 'redeem_voucher', find: /when v_hold\.status <> 'held' then 'hold_over'/, put: '' },
    ],
  },
  {
    name: 'a hold never ends by itself',
    by: 'spending',
    edits: [{ in: 'end_due_holds', find: /expires_at <= clock_timestamp\(\)/, put: 'false' }],
  },
  {
    name: 'a rollback is counted twice',
    by: 'spending',
    edits: [
      { in: 'book_rollback', find: /v_voucher\.redeemed_minor - p_amount/, put: '$& - p_amount' },
    ],
  },
  {
    name: 'what is rolled back to an expired voucher can be spent',
    by: 'spending',
    edits: [{ in: 'book_rollback', find: /v_is_over := [^;]*;/, put: 'v_is_over := false;' }],
  },
  {
    name: 'a refund is applied again with each one after it',
    by: 'spending',
    edits: [
      {
        in: 'refund_orders',
        find: /due\.target - due\.rolled_back_minor as amount/,
        put: 'due.target as amount',
      },
    ],
    drop: [{ constraint: 'rolled_back_within_amount', of: 'redemptions' }],
  },
  {
    name: 'a till does not look whether the order was cancelled',
    by: 'spending',
    edits: [
      { in: 'redeem_voucher', find: /if is_order_cancelled\([^)]*\) then/, put: 'if false then' },
    ],
  },
  {
    name: 'an order’s cancellation and a till do not wait for each other',
    by: 'races',
    rare: true,
    edits: [
      {
        in: 'take_order_in_turn',
        find: /select pg_advisory_xact_lock\(.*\)/,
        put: 'select null::void',
      },
    ],
  },
  {
    name: 'items are brought back again and again',
    by: 'spending',
    edits: [
      { in: 'judge_items', find: /and b\.items is not null\s*\) given/, put: 'and false) given' },
    ],
  },
  {
    name: 'the ledger forgets what was withdrawn',
    by: 'spending',
    edits: [
      { in: 'revoke_vouchers', find: /('unused', rest from due)(\s*\))/, put: '$1 where false$2' },
    ],
  },
  {
    name: 'the minimum spend is not looked at',
    by: 'spending',
    edits: [
      {
        in: 'judge_spending',
        find: /when v_terms\.min_spend_minor > p_order_minor then/,
        put: 'when false then',
      },
    ],
  },
]
