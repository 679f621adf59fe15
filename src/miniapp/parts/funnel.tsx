import type { Dashboard } from '../api/shop-answers.ts'
import { useShopWords } from '../state/use-desk.ts'
import { Bar } from './bar.tsx'

const STEPS = ['shown', 'shared', 'opened', 'claimed', 'redeemed', 'rolledBack'] as const

/** From the order to the till: how many of each step. */
export function Funnel({ totals }: { totals: Dashboard['totals'] }) {
  const { texts, count } = useShopWords()
  const { numbers: t } = texts
  const most = Math.max(...STEPS.map((step) => totals[step]), 1)
  return (
    <section class="card funnel">
      <h2 class="card__title">{t.funnel}</h2>
      {STEPS.map((step) => (
        <Bar
          key={step}
          label={t.steps[step]}
          used={totals[step]}
          most={most}
          text={count(totals[step])}
        />
      ))}
      {totals.fallback > 0 && <p class="card__foot">{t.fallback(totals.fallback)}</p>}
      {totals.refused > 0 && <p class="card__foot">{t.refused(totals.refused)}</p>}
    </section>
  )
}
