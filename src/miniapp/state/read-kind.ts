import type { KindValues } from './campaign-values.ts'
import { MOST_VOUCHERS, type Read, Reader, readHours, withoutUndefined } from './read-field.ts'
import { readChosen } from './read-kind-change.ts'

type KindField = keyof KindValues

/**
 * Reads the form of a kind of voucher: a merchant's instruction that creates vouchers. @patent 11
 *
 * @param drawnMinor in a campaign of random amounts the most that one can hold: ordinary vouchers are
 *   worth what is drawn
 */
export function readKind(
  values: KindValues,
  currency: string,
  drawnMinor?: number,
): Read<KindField> {
  const reader = new Reader<KindField>()
  const { kind, role, store } = values
  const isDrawn = drawnMinor !== undefined && role === 'ordinary'
  if (isDrawn && !isDrawable(kind)) reader.blame('kind', 'drawnKind')
  const body = {
    kind,
    name: reader.text('name', values.name),
    percentBp: kind === 'percent_off' ? reader.percent('percent', values.percent) : undefined,
    valueMinor: isDrawn ? drawnMinor : reader.amount('value', values.value, currency),
    quantity: reader.whole('quantity', values.quantity, MOST_VOUCHERS),
    minSpendMinor: reader.optionalAmount('minSpend', values.minSpend, currency),
    isFallback: role === 'fallback',
    isReward: role === 'reward',
    storeId: store || undefined,
    ...(isChosen(role, isDrawn) && readChosen(reader, values)),
    ...readHours(reader, values, 'use'),
  }
  return { body: withoutUndefined(body), faults: reader.faults }
}

/** The model chooses among ordinary kinds, unless it is left to a draw. */
export function isChosen(role: KindValues['role'], isDrawn: boolean): boolean {
  return role === 'ordinary' && !isDrawn
}

/** A drawn amount is taken off or spent; a percentage and an item have a worth of their own. */
export function isDrawable(kind: KindValues['kind']): boolean {
  return kind === 'amount_off' || kind === 'gift_balance'
}
