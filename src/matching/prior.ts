import { KIND_FEATURES } from './features.ts'
import type { Prior } from './model.ts'

/** What is believed of people and vouchers before anything is learnt: weak, and only which way it goes. */
export const SHOP_PRIOR: Prior = {
  baseRate: 0.3,
  baseSd: 1.5,
  personSd: 0.75,
  armSd: 0.8,
  scales: [0.1, 0.5, 2, 6],
  meanSquare: 3,
  kindMeans: forKinds({ depth: 0.5, minSpend: -0.5, fit: 2, keptKind: 0.7, minSpendFit: 0.5 }),
  kindSds: forKinds({ fit: 0.7 }, 0.4),
}

function forKinds(numbers: Readonly<Record<string, number>>, otherwise = 0): number[] {
  return KIND_FEATURES.map(({ name }) => numbers[name] ?? otherwise)
}
