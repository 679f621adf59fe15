import { useSignal } from '@preact/signals'

import type { Dashboard } from '../api/shop-answers.ts'
import { nearest, pointsOf, scaleOf } from '../state/chart.ts'
import { useWords } from '../state/use-app.ts'

const BOX = { width: 320, height: 110 }

/** What was claimed and redeemed, day by day; a finger on a day says its numbers. */
export function DayChart({ days }: { days: Dashboard['days'] }) {
  const { texts, day: write } = useWords()
  const { numbers: t } = texts
  const chosen = useSignal(days.length - 1)
  const most = scaleOf(Math.max(...days.flatMap(({ claimed, redeemed }) => [claimed, redeemed]), 1))
  const shown = days[chosen.value] ?? days.at(-1)
  if (!shown) return null
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
  const choose = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    chosen.value = nearest((event.clientX - left) / width, days.length)
  }
  const x = days.length < 2 ? BOX.width / 2 : (chosen.value / (days.length - 1)) * BOX.width
  return (
    <section class="card chart">
      <h2 class="card__title">{t.days}</h2>
      <p class="chart__legend">
        <span class="chart__key chart__key--claimed">{t.steps.claimed}</span>
        <span class="chart__key chart__key--redeemed">{t.steps.redeemed}</span>
        <span class="chart__most">{most}</span>
      </p>
      <svg
        class="chart__box"
        viewBox={`-4 -4 ${BOX.width + 8} ${BOX.height + 8}`}
        role="img"
        aria-label={t.days}
        onPointerDown={choose}
        onPointerMove={choose}
      >
        <path
          class="chart__grid"
          d={`M0 0H${BOX.width}M0 ${BOX.height / 2}H${BOX.width}M0 ${BOX.height}H${BOX.width}`}
        />
        <path class="chart__mark" d={`M${x} 0V${BOX.height}`} />
        {line('claimed')}
        {line('redeemed')}
      </svg>
      <p class="chart__foot" role="status">
        {t.dayOf(write(`${shown.day}T00:00:00Z`, 'UTC'), shown.claimed, shown.redeemed)}
      </p>
    </section>
  )
}
