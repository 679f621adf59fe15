import type { Bounds } from '../../domain/views.ts'

/** What lies beside the bounds, as a part of them. */
const MARGIN = 0.15

/** Bounds on a line on which nothing more and nothing less is marked; the words stand beside it. */
export function LiftLine({ lift: { low, mean, high } }: { lift: Bounds }) {
  const [from, to] = [Math.min(0, low), Math.max(0, high)]
  const width = Math.max(to - from, Number.EPSILON)
  const x = (value: number) => (100 * (value - from + MARGIN * width)) / ((1 + 2 * MARGIN) * width)
  const look = low > 0 ? 'better' : high < 0 ? 'worse' : 'open'
  return (
    <svg
      class={`lift lift--${look}`}
      viewBox="0 0 100 20"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="lift__axis" y="9" width="100" height="2" />
      <rect class="lift__zero" x={x(0) - 0.3} y="2" width="0.6" height="16" />
      <rect class="lift__bounds" x={x(low)} y="6" width={x(high) - x(low)} height="8" />
      <rect class="lift__mean" x={x(mean) - 0.8} y="3" width="1.6" height="14" />
    </svg>
  )
}
