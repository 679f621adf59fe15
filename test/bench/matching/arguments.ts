import { HALF_LIFE } from '../../../src/matching/model.ts'
import { BadInput } from './bad-input.ts'

/** What may be said on the command line, as it was typed. */
export type Typed = Partial<
  Record<
    'rounds' | 'seeds' | 'runs' | 'margin' | 'delay' | 'rate' | 'control' | 'drift' | 'half-life',
    string | undefined
  >
> & { only?: string; parts?: string }

/** What is measured: the contest on each set, then promises on a set of which everything is known. */
const PARTS = [
  'contest',
  'circumstances',
  'lift',
  'what-if',
  'budget',
  'pooled',
  'two-stage',
  'cost',
] as const

export type Part = (typeof PARTS)[number]

export type Arguments = {
  directories: readonly string[]
  rounds: number
  seeds: number
  /** How many simulated lives of a shop a promise is tested in; `null` = as many as is usual for it. */
  runs: number | null
  margin: number | undefined
  delay: number
  rate: number
  control: number
  driftAt: number | undefined
  halfLife: number
  only: readonly string[]
  parts: readonly Part[]
}

/**
 * Reads the arguments of `npm run bench -- matching`. Throws a BadInput that says what an argument must be.
 * Where directories are named, only the contest is held, unless parts are named too.
 */
export function readArguments(typed: Typed, directories: readonly string[]): Arguments {
  const driftAt = number(typed, 'drift', undefined, { least: 1, whole: true, such: 4000 })
  const rounds = number(typed, 'rounds', 16_000, { least: 1, most: 1e6, whole: true, such: 4000 })
  if (driftAt !== undefined && driftAt >= rounds!)
    throw new BadInput('--drift must be below --rounds.')
  return {
    directories,
    rounds: rounds!,
    driftAt,
    seeds: number(typed, 'seeds', 5, { least: 2, most: 1000, whole: true, such: 20 })!,
    runs: number(typed, 'runs', undefined, { least: 1, most: 1e5, whole: true, such: 300 }) ?? null,
    margin: number(typed, 'margin', undefined, { least: 0, most: 1, such: 0.6 }),
    delay: number(typed, 'delay', 0, { least: 0, most: 1e6, whole: true, such: 100 })!,
    rate: number(typed, 'rate', 1, { least: 0.0001, most: 1, such: 0.1 })!,
    control: number(typed, 'control', 0, { least: 0, most: 1, such: 0.1 })!,
    halfLife: number(typed, 'half-life', HALF_LIFE, { least: 1, most: Infinity, such: 4000 })!,
    only: words(typed.only),
    parts: partsOf(words(typed.parts), directories),
  }
}

type Range = { least: number; most?: number; whole?: boolean; such: number }

function number(
  typed: Typed,
  name: Exclude<keyof Typed, 'only' | 'parts'>,
  usual: number | undefined,
  { least, most = Infinity, whole = false, such }: Range,
): number | undefined {
  const text = typed[name]
  if (text === undefined) return usual
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value
  const upTo = most === Infinity ? '' : ` and at most ${most}`
  throw new BadInput(
    `--${name} must be a ${whole ? 'whole ' : ''}number of at least ${least}${upTo}, such as --${name} ${such}.`,
  )
}

function partsOf(named: readonly string[], directories: readonly string[]): readonly Part[] {
  const unknown = named.find((name) => !PARTS.some((part) => part === name))
  if (unknown !== undefined)
    throw new BadInput(`--parts may be ${PARTS.join(',')}, not ${unknown}.`)
  if (named.length > 0) return PARTS.filter((part) => named.includes(part))
  return directories.length > 0 ? ['contest'] : PARTS
}

function words(list = ''): string[] {
  return list.split(',').filter((part) => part !== '')
}
