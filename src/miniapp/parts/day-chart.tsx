import { useSignal } from '@preact/signals'

import type { Dashboard } from '../api/shop-answers.ts'
import { pointsOf, scaleOf } from '../state/chart.ts'
import { useShopWords } from '../state/use-desk.ts'

const BOX = { width: 320, height: 110 }
const GRID = [0, BOX.height / 2, BOX.height].map((y) => `M0 ${y}H${BOX.width}`).join('')

/** What was claimed and redeemed, day by day; a finger or a key on a day says its numbers. */
export function DayChart({ days }: { days: Dashboard['days'] }) {
  const { texts, count, day: write } = useShopWords()
  const { numbers: t } = texts
  const chosen = useSignal(days.length - 1)
  const most = scaleOf(Math.max(...days.flatMap(({ claimed, redeemed }) => [claimed, redeemed]), 1))
  const shown = days[chosen.value] ?? days.at(-1)
  if (!shown) return null
  const both = t.both(count(shown.claimed), count(shown.redeemed))
  const told = `${write(`${shown.day}T00:00:00Z`, 'UTC')} · ${both}`
  const line = (name: 'claimed' | 'redeemed') => (
    <polyline
      class={`chart__line chart__line--${name}`}
      points={pointsOf(
        days.map((day) => day[name]),
        most,
        BOX,
      )}
    />
  )
  const x = days.length < 2 ? BOX.width / 2 : (chosen.value / (days.length - 1)) * BOX.width
  return (
    <section class="card chart">
      <h2 class="card__title">{t.days}</h2>
      <p class="chart__legend">
        <span class="chart__key chart__key--claimed">{t.steps.claimed}</span>
        <span class="chart__key chart__key--redeemed">{t.steps.redeemed}</span>
        <span class="chart__most">{count(most)}</span>
      </p>
      <div class="chart__box">
        <svg viewBox={`-4 -4 ${BOX.width + 8} ${BOX.height + 8}`} aria-hidden="true">
          <path class="chart__grid" d={GRID} />
          <path class="chart__mark" d={`M${x} 0V${BOX.height}`} />
          {line('claimed')}
          {line('redeemed')}
        </svg>
        <input
          type="range"
          aria-label={t.day}
          aria-valuetext={told}
          min={0}
          max={days.length - 1}
          value={chosen.value}
          onInput={(event) => (chosen.value = event.currentTarget.valueAsNumber)}
        />
      </div>
      <p class="chart__foot">{told}</p>
    </section>
  )
}
