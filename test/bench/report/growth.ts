import type { GrowthOptions, Step } from '../commands/growth.ts'
import { drawPlot, type Line } from './plot.ts'
import { circumstances, save } from './save.ts'
import { middleOf, ratioOf } from './stats.ts'
import { drawTable, showMiddle } from './table.ts'

/** The least that may be left of the speed with empty tables. */
const GOAL = 0.8

/** Writes `results/growth.json` with two plots, and answers tables. */
export async function reportGrowth(
  { vouchers, slots, postgres }: { vouchers: Step[]; slots: Step[]; postgres: string },
  { connections, rounds, warmUp, until, people }: GrowthOptions,
): Promise<string> {
  const options = { connections, rounds, warmUp, until, people }
  await save('growth.json', {
    bench: 'growth',
    ...circumstances(postgres),
    options,
    vouchers,
    slots,
  })
  await save(
    'growth-vouchers.svg',
    plotOf(vouchers, 'Claims a second as the tables grow', 'vouchers in the tables'),
  )
  await save(
    'growth-slots.svg',
    plotOf(slots, 'Claims a second by the size of a share', 'claims per share'),
  )
  return `${tableOf('vouchers', vouchers)}\n${tableOf('claims per share', slots)}`
}

function plotOf(steps: readonly Step[], title: string, x: string): string {
  return drawPlot({
    title,
    x: { title: x, log: true },
    y: { title: 'per second' },
    lines: [lineOf('claims', steps), lineOf('inserts', steps)],
  })
}

function lineOf(name: 'claims' | 'inserts', steps: readonly Step[]): Line {
  return {
    name: name === 'claims' ? 'claim, one share' : 'bare insert',
    points: steps.map(({ size, rounds }) => {
      const { median, least, most } = middleOf(rounds.map((round) => round[name].perSecond))
      return { x: size, y: median, least, most }
    }),
  }
}

function tableOf(what: string, steps: readonly Step[]): string {
  const [first] = steps
  const rates = (step: Step | undefined) => step?.rounds.map(({ claims }) => claims.perSecond) ?? []
  const shares = (step: Step | undefined) =>
    step?.rounds.map(({ claims, inserts }) => claims.perSecond / inserts.perSecond) ?? []
  return drawTable(
    [what, 'claims a second', 'to the first', 'against bare insert', `goal ≥ ${GOAL}× the first`],
    steps.map((step) => {
      const ratio = ratioOf(rates(step), rates(first))
      return [
        step.size.toLocaleString('en'),
        showMiddle(middleOf(rates(step))),
        `${showMiddle(ratio)}×`,
        `${showMiddle(middleOf(shares(step)))}×`,
        ratio.median >= GOAL ? 'reached' : 'missed',
      ]
    }),
  )
}
