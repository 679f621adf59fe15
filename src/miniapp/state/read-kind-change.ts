import type { Kind } from '../api/shop-answers.ts'
import { MOST_VOUCHERS, type Read, Reader } from './read-field.ts'

/** What can be different of a kind of voucher: how many, and how often it is chosen, in per cent. */
export type KindChangeValues = { quantity: string; least: string; most: string }

export function valuesOfKind({ quantity, leastBp, mostBp }: Kind): KindChangeValues {
  return { quantity: String(quantity), least: String(leastBp / 100), most: String(mostBp / 100) }
}

/** Only what is different. */
export function readKindChange(values: KindChangeValues, kind: Kind): Read<keyof KindChangeValues> {
  const reader = new Reader<keyof KindChangeValues>()
  const quantity = reader.whole('quantity', values.quantity, MOST_VOUCHERS)
  const { leastBp = 0, mostBp = 10_000 } = readChosen(reader, values)
  const read = { quantity, leastBp, mostBp }
  const changed = Object.entries(read).filter(
    ([name, value]) => value !== undefined && kind[name as keyof typeof read] !== value,
  )
  return { body: Object.fromEntries(changed), faults: reader.faults }
}

type Chosen = { least: string; most: string }

/** How often a kind is chosen, at least and at most; nothing typed is no bound. */
export function readChosen(
  reader: Reader<keyof Chosen>,
  { least, most }: Chosen,
): { leastBp?: number | undefined; mostBp?: number | undefined } {
  const leastBp = reader.optionalPercent('least', least, [0, 10_000], 'percentOfAll')
  const mostBp = reader.optionalPercent('most', most, [0, 10_000], 'percentOfAll')
  if ((leastBp ?? 0) > (mostBp ?? 10_000)) reader.blame('most', 'leastAboveMost')
  return { leastBp, mostBp }
}
