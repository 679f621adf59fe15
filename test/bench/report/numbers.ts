import type { NumbersOptions, Seen } from '../commands/numbers.ts'
import { circumstances, save } from './save.ts'
import { middleOf } from './stats.ts'
import { drawTable, showMiddle } from './table.ts'

/** Writes `results/numbers.json` and answers a table. */
export async function reportNumbers(
  { seen, postgres }: { seen: Seen; postgres: string },
  { vouchers, rounds }: NumbersOptions,
): Promise<string> {
  const middles = Object.entries(seen).map(([what, values]) => [what, middleOf(values)] as const)
  await save('numbers.json', {
    bench: 'numbers',
    ...circumstances(postgres),
    options: { vouchers, rounds },
    middles: Object.fromEntries(middles),
    seen,
  })
  return drawTable(
    [`${vouchers.toLocaleString('en')} vouchers`, 'ms'],
    middles.map(([what, middle]) => [what, showMiddle(middle)]),
  )
}
