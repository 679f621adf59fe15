import { type Box, box, FACES, type Size, shape } from '../../pictures/draw-picture.ts'
import type { Stats } from '../../usecases/show-stats.ts'
import type { Texts } from '../texts.ts'
import { cut } from './parts.ts'
import { STEPS } from './stats.ts'

/** Upright and no larger than its letters can be read at in a chat, without a tap. */
export const STATS_SIZE: Size = { width: 840, height: 1080 }

const LINES = [
  { name: 'opened', colour: '#7aa7d9' },
  { name: 'given', colour: '#0f8a60' },
  { name: 'redeemed', colour: '#e0862a' },
] as const

/** A campaign as a picture: each step with a bar beside the largest, and three lines, day by day. @patent 12 */
export function drawStatsPicture(t: Texts, stats: Stats): Box {
  return box(PAPER, [
    box({ flexDirection: 'column' }, [
      box({ fontSize: 48, fontWeight: 700, lineHeight: 1.2 }, [cut(stats.campaign.name, 32)]),
      box({ fontSize: 30, color: FADED }, [periodOf(t, stats)]),
    ]),
    funnel(t, stats),
    STEPS.some((step) => stats[step] > 0)
      ? chart(t, stats)
      : box(NOTHING, [t.plain('stats-empty')]),
  ])
}

const FADED = '#5d7268'
const PAPER = {
  boxSizing: 'border-box',
  ...STATS_SIZE,
  padding: 48,
  flexDirection: 'column',
  justifyContent: 'space-between',
  color: '#14241d',
  backgroundColor: '#f4f9f6',
  fontFamily: FACES,
} as const

const NOTHING = {
  justifyContent: 'center',
  padding: '120px 60px',
  fontSize: 38,
  textAlign: 'center',
  color: FADED,
} as const

function periodOf(t: Texts, { campaign, days }: Stats): string {
  const status = t.plain(`campaign-status-${campaign.status}`)
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  if (!first || !last) return status
  if (first === last) return `${status} · ${shortDay(t, first)}`
  return `${status} · ${t.plain('stats-period', { from: shortDay(t, first), to: shortDay(t, last) })}`
}

function funnel(t: Texts, stats: Stats): Box {
  const most = Math.max(1, ...STEPS.map((step) => stats[step]))
  return box(
    { flexDirection: 'column' },
    STEPS.map((step) => {
      const count = stats[step]
      const share = count === 0 ? 0 : Math.max(1, Math.round((count / most) * 100))
      return box({ alignItems: 'center', height: 60, fontSize: 34 }, [
        box({ width: 280 }, [t.plain(`picture-${step}`)]),
        box({ width: 320, height: 34, borderRadius: 8, backgroundColor: '#dfeae4' }, [
          box({ width: `${share}%`, height: 34, borderRadius: 8, backgroundColor: '#0f8a60' }),
        ]),
        box({ width: 144, justifyContent: 'flex-end', fontWeight: 700 }, [
          t.plain('picture-count', { count }),
        ]),
      ])
    }),
  )
}

const CHART = { width: 744, height: 270 }
/** With room for dots at the edges. */
const VIEW = `0 -10 ${CHART.width} ${CHART.height + 20}`

function chart(t: Texts, { days }: Stats): Box {
  const series = LINES.map(({ name, colour }) => ({
    colour,
    values: days.map((day) =>
      name === 'given' ? day.claimed + day.fallback + day.rewarded : day[name],
    ),
  }))
  const most = Math.max(1, ...series.flatMap(({ values }) => values))
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? '']
  return box({ flexDirection: 'column' }, [
    legend(t),
    shape('svg', { ...CHART, height: CHART.height + 20, viewBox: VIEW }, [
      ...[0, 0.5, 1].map((part) =>
        shape('line', {
          x1: 0,
          x2: CHART.width,
          y1: CHART.height * part,
          y2: CHART.height * part,
          stroke: '#cddbd3',
          'stroke-width': 2,
        }),
      ),
      ...series.flatMap(({ colour, values }) => lineOf(values, most, colour)),
    ]),
    box({ justifyContent: 'space-between', fontSize: 28, color: FADED }, [
      box({}, [first && shortDay(t, first)]),
      box({}, [t.plain('picture-most', { count: most })]),
      box({}, [last === first ? '' : shortDay(t, last)]),
    ]),
  ])
}

function legend(t: Texts): Box {
  const dash = { width: 30, height: 8, borderRadius: 4, marginRight: 12 }
  return box(
    { fontSize: 32 },
    LINES.map(({ name, colour }) =>
      box({ alignItems: 'center', marginRight: 36 }, [
        box({ ...dash, backgroundColor: colour }),
        t.plain(`picture-day-${name}`),
      ]),
    ),
  )
}

/** A line through all days, with a dot at its end; a single day is a dot. */
function lineOf(values: readonly number[], most: number, colour: string): Box[] {
  const step = values.length > 1 ? (CHART.width - 16) / (values.length - 1) : 0
  const points = values.map((value, i) => [
    Math.round(8 + i * step),
    Math.round(CHART.height * (1 - value / most)),
  ])
  const [x = 8, y = CHART.height] = points.at(-1) ?? []
  return [
    shape('polyline', {
      points: points.join(' '),
      fill: 'none',
      stroke: colour,
      'stroke-width': 6,
      'stroke-linejoin': 'round',
    }),
    shape('circle', { cx: x, cy: y, r: 8, fill: colour }),
  ]
}

/** A day of a zone, which has no hour that another zone could move. */
function shortDay(t: Texts, day: string): string {
  return t.day(new Date(`${day}T00:00:00Z`), 'UTC')
}
