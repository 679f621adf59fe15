import type { SeededBug } from './seeded-bugs.ts'

const ERASURE = 'erase_person_at'

/** Mistakes of an erasure, each found by what is tried with one. */
export const ERASING_BUGS: readonly SeededBug[] = [
  {
    name: 'what an erased person had left is not booked',
    by: 'erasing',
    edits: [
      { in: ERASURE, find: /from left_over where rest > 0/, put: 'from left_over where false' },
    ],
  },
  {
    name: 'an erased person can still spend',
    by: 'erasing',
    edits: [
      {
        in: ERASURE,
        find: /v\.status in \('issued', 'held', 'partially_redeemed'\)/,
        put: 'false',
      },
    ],
  },
  {
    name: 'the claims of an erased person keep their name',
    by: 'erasing',
    edits: [
      {
        in: ERASURE,
        find: /(update claims k set person_id = v_getter\s+where )/,
        put: '$1false and ',
      },
    ],
  },
  {
    name: 'the shares of an erased person go on',
    by: 'erasing',
    edits: [{ in: ERASURE, find: /perform close_share\([^;]+;/, put: '' }],
  },
  {
    name: 'tills hold what an erased person had',
    by: 'erasing',
    edits: [{ in: ERASURE, find: /perform end_holds\([^;]+;/, put: '' }],
    drop: [{ constraint: 'spent_within_value', of: 'vouchers' }],
  },
  {
    name: 'claims do not hear of an erasure',
    by: 'races',
    edits: [{ in: 'erase_person', find: /insert into erasures[^;]+;/, put: '' }],
  },
  {
    name: 'claims go on while somebody is erased',
    by: 'races',
    rare: true,
    edits: [{ in: ERASURE, find: /perform 1 from campaigns c[^;]+;/, put: '' }],
  },
]
