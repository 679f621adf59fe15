import type { Sql } from 'postgres'

import type { Connection, Database } from '../../src/store/database.ts'
import { ERASING_BUGS } from './erasing-bugs.ts'
import type { RULES } from './rules.ts'
import { SPENDING_BUGS } from './spending-bugs.ts'

/** A mistake as somebody might make it. It is put into a scratch database or before one, never into src. */
export type SeededBug = {
  name: string
  /** Which check finds it. */
  by: keyof typeof RULES | 'races' | 'every step'
  /** It shows itself so seldom that only the full form has the time. */
  rare?: true
  /** What is replaced in the definitions of functions, each at least once. */
  edits?: readonly Edit[]
  /** What is taken away first, so that the last line of defence does not hide the mistake. */
  drop?: readonly Drop[]
  wrap?: (db: Database) => Database
}

type Edit = { in: string; find: RegExp; put: string }
type Drop =
  | { constraint: string; of: string }
  | { constraint: string; ofDomain: string }
  | { index: string }

const CLAIM = 'claim_vouchers'

export const SEEDED_BUGS: readonly SeededBug[] = [
  {
    name: 'a claim reads, then writes, and locks nothing',
    by: 'races',
    edits: [{ in: CLAIM, find: /for update/g, put: '' }],
  },
  {
    name: 'counters are read before the locks',
    by: 'races',
    edits: [
      { in: CLAIM, find: /for update/g, put: '' },
      {
        in: CLAIM,
        find: /is_anybody_erased :=/,
        put: `perform 1 from shares y where y.merchant_id = p_merchant and y.id = any (p_shares) for update;
              perform 1 from campaigns y where y.merchant_id = p_merchant and y.id = any (campaign_ids) for update;
              is_anybody_erased :=`,
      },
    ],
  },
  {
    name: 'the campaign is not locked',
    by: 'races',
    rare: true,
    edits: [
      {
        in: CLAIM,
        find: /(from (?:campaigns|voucher_templates) x[\s\S]*?) for update/g,
        put: '$1',
      },
    ],
  },
  {
    name: 'shares are not locked against being revoked',
    by: 'races',
    rare: true,
    edits: [{ in: CLAIM, find: /(from shares x[\s\S]*?) for update/, put: '$1' }],
  },
  {
    name: 'no unique claim key, and no lock',
    by: 'races',
    edits: [{ in: CLAIM, find: /for update/g, put: '' }],
    drop: [
      { constraint: 'one_claim_per_person', of: 'claims' },
      { constraint: 'taken_within_slots', of: 'shares' },
      { constraint: 'issued_within_quantity', of: 'voucher_templates' },
    ],
  },
  {
    name: 'stock is not looked at',
    by: 'races',
    edits: [{ in: CLAIM, find: /template_left\[t\] <= 0/, put: 'false' }],
    drop: [{ constraint: 'issued_within_quantity', of: 'voucher_templates' }],
  },
  {
    name: 'slots are not looked at',
    by: 'rules',
    edits: [{ in: CLAIM, find: /share_left\[s\] <= 0/, put: 'false' }],
    drop: [{ constraint: 'taken_within_slots', of: 'shares' }],
  },
  {
    name: 'the budget is not looked at',
    by: 'rules',
    edits: [{ in: CLAIM, find: /campaign_left\[c\] < worth/, put: 'false' }],
    drop: [{ constraint: 'within_budget', of: 'campaigns' }],
  },
  {
    name: 'what a campaign may give in all is not looked at',
    by: 'limits',
    edits: [{ in: CLAIM, find: /campaign_left_count\[c\] <= 0/, put: 'false' }],
    drop: [{ constraint: 'within_count', of: 'campaigns' }],
  },
  {
    name: 'what a day may give is not looked at',
    by: 'limits',
    edits: [
      {
        in: CLAIM,
        find: /campaign_left_count_today\[c\] <= 0 or campaign_left_today\[c\] < worth/,
        put: 'false',
      },
    ],
    drop: [
      { constraint: 'within_day_count', of: 'campaigns' },
      { constraint: 'within_day_budget', of: 'campaigns' },
    ],
  },
  {
    name: "a person's limit does not see what the same batch gives",
    by: 'limits',
    edits: [{ in: CLAIM, find: /coalesce\(r_had\[ask\.ask_before\], ask\.had\)/, put: 'ask.had' }],
  },
  {
    name: 'one code is given to all of a batch',
    by: 'limits',
    edits: [
      {
        in: CLAIM,
        find: /template_next_code\[t\] \+ template_given\[t\]/,
        put: 'template_next_code[t]',
      },
    ],
    drop: [{ index: 'one_voucher_per_code' }],
  },
  {
    name: 'a reward does not know that it was given',
    by: 'limits',
    edits: [{ in: 'give_rewards', find: /and not exists/g, put: 'and true or not exists' }],
    drop: [{ constraint: 'one_claim_per_person', of: 'claims' }],
  },
  {
    name: 'a double tap counts as two people',
    by: 'rules',
    edits: [{ in: CLAIM, find: /ask\.first_ask < i/, put: 'false' }],
    drop: [{ constraint: 'one_claim_per_person', of: 'claims' }],
  },
  {
    name: 'whoever asks again gets another voucher',
    by: 'rules',
    edits: [{ in: CLAIM, find: /ask\.voucher_id is not null/, put: 'false' }],
    drop: [{ constraint: 'one_claim_per_person', of: 'claims' }],
  },
  {
    name: 'deadlines follow the clock of a process',
    by: 'rules',
    edits: [
      {
        in: CLAIM,
        find: /:= clock_timestamp\(\);/,
        put: ":= clock_timestamp() - interval '1 hour';",
      },
    ],
  },
  {
    name: 'answers come in another order than asks',
    by: 'rules',
    edits: [
      {
        in: CLAIM,
        find: /(generate_series\(1, asks\) n \(i\));\s*end;/,
        put: '$1 order by n.i desc; end;',
      },
    ],
  },
  {
    name: 'the counter of a template is not written',
    by: 'rules',
    edits: [
      {
        in: CLAIM,
        find: /issued = x\.issued \+ template_given\[array_position\(p_templates, x\.id\)\]/,
        put: 'issued = x.issued',
      },
    ],
  },
  {
    name: 'the ledger forgets vouchers',
    by: 'rules',
    edits: [
      { in: CLAIM, find: /(booked as \([\s\S]*?from given g)(\s*\))/, put: '$1 where false$2' },
    ],
  },
  {
    name: 'the ledger is written by a statement of its own',
    by: 'every step',
    edits: [
      { in: CLAIM, find: /(booked as \([\s\S]*?from given g)(\s*\))/, put: '$1 where false$2' },
    ],
    wrap: (db) => bookAfterwards(db),
  },
  {
    name: 'nobody is told of a voucher',
    by: 'rules',
    edits: [
      { in: CLAIM, find: /(told as \([\s\S]*?from given g)(\s*\))/, put: '$1 where false$2' },
    ],
  },
  {
    name: 'why somebody got a voucher is not kept',
    by: 'rules',
    edits: [
      { in: CLAIM, find: /(decided as \([\s\S]*?from given g)(\s*\))/, put: '$1 where false$2' },
    ],
  },
  {
    name: 'a pot is reserved without looking at the budget',
    by: 'rules',
    edits: [
      {
        in: 'open_share',
        find: /and reserved_minor \+ issued_minor \+ v_pot <= budget_minor/,
        put: '',
      },
    ],
    drop: [{ constraint: 'within_budget', of: 'campaigns' }],
  },
  {
    name: 'a pot is given back twice',
    by: 'rules',
    edits: [
      {
        in: 'close_share',
        find: /elsif v_share\.status is distinct from 'exhausted' or p_as <> 'revoked' then\s*return false;/,
        put: '',
      },
    ],
    drop: [
      { constraint: 'counter_minor_check', ofDomain: 'counter_minor' },
      { constraint: 'ledger_pkey', of: 'ledger' },
    ],
  },
  ...SPENDING_BUGS,
  {
    name: 'a message is noted as sent before it is',
    by: 'every step',
    wrap: (db) => notedTooEarly(db),
  },
  ...ERASING_BUGS,
]

/** Puts a mistake into a database. Throws when what it replaces is no longer there. */
export async function plant({ edits = [], drop = [] }: SeededBug, sql: Sql): Promise<void> {
  for (const edit of edits) {
    const [found] = await sql<{ text: string }[]>`
      select pg_get_functiondef(oid) as text from pg_proc where proname = ${edit.in}`
    const changed = found?.text.replace(edit.find, edit.put)
    if (changed === undefined || changed === found?.text) {
      throw new Error(`${edit.in} has no ${edit.find} any more: plant this bug in another way`)
    }
    await sql.unsafe(changed)
  }
  for (const gone of drop) {
    if ('index' in gone) await sql`drop index ${sql(gone.index)}`
    else if ('ofDomain' in gone)
      await sql`alter domain ${sql(gone.ofDomain)} drop constraint ${sql(gone.constraint)}`
    else await sql`alter table ${sql(gone.of)} drop constraint ${sql(gone.constraint)}`
  }
}

/** Does something more after each statement whose text tells what it is. */
function afterStatements(
  db: Database,
  words: string,
  more: (sql: Connection['sql'], answer: unknown) => PromiseLike<unknown>,
): Database {
  return {
    ...db,
    run: async (statement) => {
      let isIt = false
      const answer = await db.run(({ sql, orm }) => {
        const listening = new Proxy(sql, {
          apply: (target, self, args: [TemplateStringsArray, ...unknown[]]) => {
            isIt ||= Array.isArray(args[0]) && args[0].join('?').includes(words)
            return Reflect.apply(target as never, self, args)
          },
        })
        return statement({ sql: listening, orm })
      })
      if (isIt) await db.run(({ sql }) => more(sql, answer))
      return answer
    },
  }
}

function bookAfterwards(db: Database): Database {
  return afterStatements(
    db,
    'from claim_vouchers(',
    (sql, answer) => sql`
      insert into ledger (
        merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor
      )
      select v.merchant_id, v.campaign_id, c.currency, 'voucher', v.id,
             case when t.is_fallback then 'fallback' when c.mode = 'random' then 'reserved' else 'available' end,
             'issued', v.value_minor
      from vouchers v
      join campaigns c on c.merchant_id = v.merchant_id and c.id = v.campaign_id
      join voucher_templates t on t.merchant_id = v.merchant_id and t.id = v.template_id
      where v.id = any (${newIn(answer)})
      on conflict do nothing`,
  )
}

function newIn(answer: unknown): string[] {
  const rows = answer as { voucherId: string | null; issuedAt: Date | null }[]
  return rows.flatMap(({ voucherId, issuedAt }) => (voucherId && issuedAt ? voucherId : []))
}

function notedTooEarly(db: Database): Database {
  return afterStatements(
    db,
    'leased_until = clock_timestamp() + make_interval',
    (sql) => sql`update outbox set sent_at = clock_timestamp() where leased_until is not null`,
  )
}
