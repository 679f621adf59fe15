import { formatMoney } from '../../domain/money.ts'
import type { Skipped } from '../../orders/source.ts'
import { countOrders, type Tally } from './tally.ts'

/** What an import did, for people to read. */
export function writeReport(tally: Tally): string {
  return [ordersLine(tally), ...cancellationLines(tally), ...skippedLines(tally)]
    .map((line) => `${line}\n`)
    .join('')
}

function ordersLine(tally: Tally): string {
  const { taken, changed, unchanged } = tally.orders
  const money = [...tally.money].map(([currency, minor]) => formatMoney(minor, currency, 'en'))
  const worth = money.length > 0 ? ` worth ${money.join(' and ')}` : ''
  return `${count(countOrders(tally), 'order')}${worth}: ${taken} taken, ${changed} changed, ${unchanged} unchanged`
}

function cancellationLines({ cancellations }: Tally): string[] {
  const { taken, unchanged, belonging, waiting } = cancellations
  if (taken + unchanged === 0) return []
  return [
    `${count(taken + unchanged, 'cancellation')}: ${taken} taken, ${unchanged} unchanged; ` +
      `${belonging} of a known order, ${waiting} waiting for theirs`,
  ]
}

function skippedLines({ skipped, firstSkipped }: Tally): string[] {
  if (skipped === 0) return ['Nothing skipped']
  const untold = skipped - firstSkipped.length
  return [
    `${skipped} skipped:`,
    ...firstSkipped.map(skippedLine),
    ...(untold > 0 ? [`  … and ${untold} more`] : []),
  ]
}

function skippedLine({ line, sourceId, reason, detail }: Skipped): string {
  const whose = sourceId === undefined ? '' : `, order ${sourceId}`
  return `  line ${line}${whose}: ${detail} (${reason})`
}

/** `1 order`, `2 orders`. */
export function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`
}
