import { hasChoice, verdictOn } from '../../domain/lift.ts'
import type { MatchingArm, MatchingReport, MatchingView } from '../../domain/views.ts'
import { type Box, box, FACES, type Size, shape } from '../../pictures/draw-picture.ts'
import type { Texts } from '../texts.ts'
import { hundred, perHundred } from './matching.ts'
import { cut } from './parts.ts'

/** Upright and no larger than its letters can be read at in a chat, without a tap. */
export const MATCHING_SIZE: Size = { width: 840, height: 1080 }

const INK = { text: '#14241d', faded: '#5d7268', line: '#cddbd3', ground: '#dfeae4' }
const WANTED = '#0f8a60'
const REDEEMED = '#e0862a'
const WORSE = '#b3372f'
/** Beside the preset one, which is always there to compare with. */
const MOST_ARMS = 4
const BAR = 18

/**
 * What the choice of one point brings, with its bounds, and of each kind how often it is wanted, redeemed,
 * and was expected to be. @patent 12
 */
export function drawMatchingPicture(
  t: Texts,
  merchantName: string,
  { reports, currency }: Pick<MatchingView, 'reports' | 'currency'>,
): Box {
  const report = reports.filter(hasChoice).find(({ arms }) => arms.length > 0) ?? reports[0]
  return box(PAPER, [
    box({ flexDirection: 'column' }, [
      box({ fontSize: 48, fontWeight: 700, lineHeight: 1.2 }, [cut(merchantName, 32)]),
      box({ fontSize: 30, color: INK.faded }, [
        report ? t.plain(`matching-point-${report.point}`) : t.plain('matching-none'),
      ]),
    ]),
    ...(report ? [drawLift(t, report, currency), drawArms(t, report.arms)] : []),
  ])
}

const PAPER = {
  boxSizing: 'border-box',
  ...MATCHING_SIZE,
  padding: 48,
  flexDirection: 'column',
  justifyContent: 'space-between',
  color: INK.text,
  backgroundColor: '#f4f9f6',
  fontFamily: FACES,
} as const

const AXIS = { width: 744, height: 96 }
/** What lies beside the bounds, as a part of them. */
const MARGIN = 0.15

/** The bounds on a line, with nothing more and nothing less marked on it. */
function drawLift(t: Texts, report: MatchingReport, currency: string): Box {
  const { lift, objective } = report
  const verdict = verdictOn(lift)
  const title = box({ fontSize: 34, fontWeight: 700 }, [t.plain(`picture-lift-${verdict}`)])
  if (!lift) return box({ flexDirection: 'column' }, [title])
  const bound = (each: number) =>
    objective === 'money'
      ? hundred(t, objective, each, currency)
      : t.plain('picture-count', { count: perHundred(each) })
  const scale = scaleOf(Math.min(0, lift.low), Math.max(0, lift.high))
  const [low, mean, high, zero] = [lift.low, lift.mean, lift.high, 0].map(scale) as [
    number,
    number,
    number,
    number,
  ]
  const colour = { early: INK.faded, open: INK.faded, better: WANTED, worse: WORSE }[verdict]
  return box({ flexDirection: 'column' }, [
    title,
    shape('svg', { ...AXIS, viewBox: `0 0 ${AXIS.width} ${AXIS.height}` }, [
      line({ x1: 0, x2: AXIS.width, y1: 48, y2: 48 }, INK.line, 4),
      line({ x1: zero, x2: zero, y1: 12, y2: 84 }, INK.faded, 4),
      line({ x1: low, x2: high, y1: 48, y2: 48 }, colour, 16),
      shape('circle', { cx: mean, cy: 48, r: 16, fill: colour }),
    ]),
    box({ justifyContent: 'space-between', fontSize: 30 }, [
      box({ color: INK.faded }, [bound(lift.low)]),
      box({ fontWeight: 700 }, [
        t.plain('picture-lift-mean', { mean: hundred(t, objective, lift.mean, currency) }),
      ]),
      box({ color: INK.faded }, [bound(lift.high)]),
    ]),
    box({ fontSize: 28, color: INK.faded, paddingTop: 8 }, [
      t.plain('picture-lift-text', { count: lift.count }),
    ]),
  ])
}

function scaleOf(from: number, to: number): (value: number) => number {
  const width = Math.max(to - from, Number.EPSILON)
  const [least, all] = [from - MARGIN * width, (1 + 2 * MARGIN) * width]
  return (value) => Math.round((AXIS.width * (value - least)) / all)
}

function line(at: object, colour: string, width: number): Box {
  return shape('line', { ...at, stroke: colour, 'stroke-width': width, 'stroke-linecap': 'round' })
}

function drawArms(t: Texts, arms: readonly MatchingArm[]): Box {
  const wanted = arms.filter(({ isPreset }) => !isPreset).sort((a, b) => b.share - a.share)
  const shown = [...wanted.slice(0, MOST_ARMS), ...arms.filter(({ isPreset }) => isPreset)]
  return box({ flexDirection: 'column' }, [
    legend(t),
    ...shown.map((arm) => drawArm(t, arm)),
    ...(arms.length > shown.length
      ? [
          box({ fontSize: 28, color: INK.faded }, [
            t.plain('and-more', { count: arms.length - shown.length }),
          ]),
        ]
      : []),
  ])
}

function legend(t: Texts): Box {
  const key = (colour: string, words: string) =>
    box({ alignItems: 'center', marginRight: 36 }, [
      box({ width: 30, height: 12, borderRadius: 4, marginRight: 12, backgroundColor: colour }),
      words,
    ])
  return box({ fontSize: 30, paddingBottom: 12 }, [
    key(WANTED, t.plain('picture-wanted')),
    key(REDEEMED, t.plain('picture-redeemed-of')),
    key(INK.text, t.plain('picture-expected')),
  ])
}

function drawArm(
  t: Texts,
  { name, isPreset, share, redeemed, settled, expected }: MatchingArm,
): Box {
  const rate = settled > 0 ? redeemed / settled : 0
  const title = isPreset ? t.plain('picture-preset', { name: cut(name, 24) }) : cut(name, 32)
  return box({ flexDirection: 'column', paddingBottom: 12 }, [
    box({ justifyContent: 'space-between', fontSize: 30 }, [
      box({}, [title]),
      box({ color: INK.faded }, [t.plain('picture-of', { redeemed, settled })]),
    ]),
    bar(share, WANTED),
    bar(rate, REDEEMED, settled > 0 ? expected : undefined),
  ])
}

/** A part of the whole width, and a mark where it was expected to end. */
function bar(part: number, colour: string, mark?: number): Box {
  const width = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * AXIS.width)
  return box(
    {
      height: BAR,
      marginTop: 4,
      borderRadius: 6,
      backgroundColor: INK.ground,
      position: 'relative',
    },
    [
      box({ width: width(part), height: BAR, borderRadius: 6, backgroundColor: colour }),
      ...(mark === undefined
        ? []
        : [
            box({
              position: 'absolute',
              left: Math.max(0, width(mark) - 3),
              width: 6,
              height: BAR,
              backgroundColor: INK.text,
            }),
          ]),
    ],
  )
}
