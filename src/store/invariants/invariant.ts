import type { Fragment } from 'postgres'

import type { Connection } from '../database.ts'

/** A rule about stored rows; `broken` selects merchant, row and words for each row that breaks it. */
export type Invariant = { name: string; broken(sql: Connection['sql']): Fragment }
