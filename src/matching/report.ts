import type { Logged } from './decide.ts'
import { type Estimates, loggedOf, type Outcome, whatIf } from './evidence.ts'

/** A decision of which it is known what came of it, with the person and the arms as the model saw them. */
export type Settled = Outcome & {
  ids: readonly string[]
  person: readonly number[]
  /** How likely a yes was thought to be of each arm, and whether it came. */
  chances: readonly number[]
  answer: number
}

/** What came of a decision: 0 or 1, and what that brought in minor units; null where no margin is stated. */
export type Came = { answer: number; valueMinor: number | null }

/** A decision as it was kept, with what came of it; undefined where what was given cannot be weighed. */
export function settledOf(
  { x, arms, preset, control }: Logged,
  chosenId: string,
  { answer, valueMinor }: Came,
): Settled | undefined {
  const ids = arms.map(({ id }) => id)
  const settled: Settled = {
    ids,
    person: x,
    chances: arms.map(({ e }) => e),
    answer,
    policy: arms.map(({ p }) => p),
    preset: ids.indexOf(preset ?? ''),
    control: preset === null ? 0 : control,
    chosen: ids.indexOf(chosenId),
    value: valueMinor ?? answer,
    expected: arms.map(({ e, w }) => (valueMinor === null ? e : e * w)),
  }
  return canBeGiven(settled, settled.chosen) ? settled : undefined
}

function canBeGiven(outcome: Outcome, place: number): boolean {
  return (loggedOf(outcome)[place] ?? 0) > 0
}

export type Policy = { policy: 'always'; armId: string } | { policy: 'random' | 'preset' }
export type Compared = Policy & Estimates & { count: number; asItWas: number }

/** Fewer that speak for a policy, or fewer people of a group, say nothing. */
export const FEWEST = 30

/**
 * What following something else would have brought, over the decisions at which it could have been given.
 * Undefined where it was given too seldom to say.
 */
export function compare(settled: readonly Settled[], policy: Policy): Compared | undefined {
  const followed = settled.flatMap((one) => {
    const other = followedAt(one, policy)
    return other ? [{ one, other }] : []
  })
  const speaking = followed.filter(({ one, other }) => other[one.chosen]! > 0)
  if (speaking.length < FEWEST) return undefined
  const outcomes = followed.map(({ one }) => one)
  const others = followed.map(({ other }) => other)
  const estimates = whatIf(outcomes, others)
  if (!estimates) return undefined
  const asItWas = outcomes.reduce((sum, { value }) => sum + value, 0) / outcomes.length
  return { ...policy, ...estimates, count: outcomes.length, asItWas }
}

/** The probabilities of a policy where it could have been followed. */
function followedAt(one: Settled, policy: Policy): number[] | undefined {
  if (policy.policy === 'random') return evenly(one)
  const place = policy.policy === 'always' ? one.ids.indexOf(policy.armId) : one.preset
  if (!canBeGiven(one, place)) return undefined
  return one.policy.map((_, k) => Number(k === place))
}

/** Evenly among what the model could have given, which the preset one is not. */
function evenly({ policy, preset }: Settled): number[] | undefined {
  const open = policy.map((p, k) => Number(p > 0 && k !== preset))
  const count = open.reduce((sum, one) => sum + one, 0)
  return count > 0 ? open.map((one) => one / count) : undefined
}

export type ArmTally = {
  id: string
  isPreset: boolean
  settled: number
  redeemed: number
  expected: number
  share: number
}

/**
 * How often each arm was given and redeemed, how often that had been expected of what was given, and how
 * often the model wanted it where it was at hand (both from 0 to 1).
 */
export function tallyArms(settled: readonly Settled[]): ArmTally[] {
  const byArm = new Map<string, ArmTally & { asked: number }>()
  for (const one of settled) {
    for (const [k, id] of one.ids.entries()) {
      const arm = byArm.get(id) ?? { ...NOTHING, id }
      byArm.set(id, arm)
      arm.isPreset = k === one.preset
      arm.asked++
      arm.share += one.policy[k]!
      if (k === one.chosen) count(arm, one)
    }
  }
  return [...byArm.values()].map(({ asked, share, expected, ...arm }) => ({
    ...arm,
    expected: arm.settled > 0 ? expected / arm.settled : 0,
    share: share / asked,
  }))
}

const NOTHING = { isPreset: false, settled: 0, redeemed: 0, expected: 0, share: 0, asked: 0 }

function count(arm: ArmTally, { answer, chances, chosen }: Settled): void {
  arm.settled++
  arm.redeemed += answer
  arm.expected += chances[chosen]!
}
