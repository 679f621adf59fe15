import { readCsv } from './csv.ts'
import type { OrderSource } from './source.ts'

/** Every order source by its name. `source.ts` says how to add one. */
export const orderSources = {
  csv: readCsv,
} satisfies Record<string, OrderSource>
