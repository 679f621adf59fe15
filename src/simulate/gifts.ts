import type { Gift } from './taste.ts'

/** What the shop that is played gives to thank people; the demonstration has the same. */
export const THANK_YOU: readonly Gift[] = [
  {
    name: '15% off candles',
    kind: 'percent_off',
    percentBp: 1500,
    valueMinor: 800,
    traits: { candles: 1 },
  },
  {
    name: '£5 off in the kitchen',
    kind: 'amount_off',
    valueMinor: 500,
    minSpendMinor: 2000,
    traits: { kitchen: 1 },
  },
  {
    name: 'Billboard mug',
    kind: 'free_item',
    valueMinor: 495,
    traits: { new: 0.3, party: 0.8 },
  },
  {
    name: '£10 gift balance',
    kind: 'gift_balance',
    valueMinor: 1000,
    traits: { returning: 0.6, redeemer: 0.8 },
  },
]

export const EVENINGS: readonly Gift[] = [
  {
    name: '20% off for evenings in',
    kind: 'percent_off',
    percentBp: 2000,
    valueMinor: 600,
    minSpendMinor: 1500,
    traits: { bedroom: 0.7, candles: 0.5 },
  },
  {
    name: '£4 off party things',
    kind: 'amount_off',
    valueMinor: 400,
    minSpendMinor: 1200,
    traits: { party: 1 },
  },
]

/** For whoever is not known yet. */
export const WELCOME: Gift = {
  name: 'Welcome: £2 off',
  kind: 'amount_off',
  valueMinor: 200,
  minSpendMinor: 500,
}
