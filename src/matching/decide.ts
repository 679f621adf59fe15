import { describeFit, describePerson } from './describe.ts'
import {
  KIND_FEATURES,
  type KindFacts,
  type Moment,
  PERSON_FEATURES,
  type PersonFacts,
} from './features.ts'
import { bounded, chances, floorFor } from './policy.ts'
import type { Ready } from './ready.ts'
import { speaksFor } from './reasons.ts'

/** Something to choose from. Shares are in [0, 1], amounts in minor units. */
export type Arm = KindFacts & {
  id: string
  /** How often it may be chosen, as the merchant says. */
  least: number
  most: number
  /** The order that it is usually redeemed with, and what it then takes off. */
  orderMinor: number
  costMinor: number
  /** What `describeTerms` says of it. */
  terms: readonly number[]
}

/** What a decision stands on whoever asks: the arms, and the model's stages made ready for exactly these. */
export type Ground = { arms: readonly Arm[]; stages: readonly Ready[] }

export type Question = Ground & {
  person: PersonFacts
  moment: Moment
  /** How many of them, from the first on, the model may choose; the preset one comes after these, or is one of them. */
  choices: number
  /** The place of the preset one, if there is one. */
  preset?: number
  /** The share of people who get the preset one, and whether this person is one of them. */
  control: number
  isControl: boolean
  /** The model did worse than the preset: everybody gets that. */
  isStopped: boolean
  /** The merchant's own part of an order's value; left out, a redemption counts as such. */
  margin?: number
  /** What a unit of the budget must bring. */
  lambda: number
}

/** A feature that spoke for what was chosen, and by how many percentage points. */
export type Reason = { feature: string; points: number; high: boolean } | { why: string }

/** What a decision rested on, as it is kept: enough to learn from it and to judge it later. */
export type Logged = {
  x: number[]
  control: number
  isControl: boolean
  lambda: number
  preset: string | null
  /** `p`robability under the policy, `e`xpected probability of a yes, what a yes is `w`orth, its features. */
  arms: { id: string; p: number; e: number; w: number; z: number[] }[]
}

export type Verdict = {
  chosenId: string
  by: 'model' | 'control' | 'stop_loss' | 'paced'
  /** With what probability it was given, the control share included. */
  propensity: number
  reasons: Reason[]
  logged: Logged
}

const MOST_REASONS = 3

/** A person and the arms as the model sees them. */
export type Told = { x: number[]; kinds: number[][] }

/** How the model weighs arms for a person: the probabilities of its policy, and of a yes. */
export type Weighed = { policy: number[]; expected: number[]; reasons: (Reason[] | undefined)[] }

type Asking = Pick<Question, 'person' | 'moment' | 'arms' | 'choices'>

export function tell(asking: Asking): Told {
  const { person, moment, arms } = asking
  return {
    x: describePerson(person, moment, { usualMinor: usualOf(asking) }),
    kinds: arms.map((arm) => [...arm.terms, ...describeFit(arm, person, moment)]),
  }
}

/**
 * Weighs several arms for a person. It follows from what was told, the model and the merchant's terms, and
 * from nothing else. Throws a RangeError when the numbers are not sound; then the preset one is to be given.
 *
 * @patent 3 7 8
 */
export function weigh(question: Question, { x, kinds }: Told): Weighed {
  const { arms, stages, preset, isStopped } = question
  const { probabilities, expected } = chances(stages, x, kinds, choicesOf(question))
  return {
    policy: isStopped ? only(preset, arms) : bounded(probabilities, boundsOf(question)),
    expected: expected.map((e) => Math.round(1e4 * e) / 1e4),
    reasons: [],
  }
}

/**
 * Draws one of the arms with exactly the probabilities that are logged. Whoever belongs to the control
 * share gets the preset one, whatever the model says; others may, while a budget must be made to last.
 *
 * @param draw a number in [0, 1)
 */
export function settle(question: Question, told: Told, weighed: Weighed, draw: number): Verdict {
  const { arms, choices, preset, isStopped, isControl } = question
  const { policy, expected } = weighed
  const isOut = isControl && preset !== undefined
  const chosen = isOut ? preset : pick(policy, draw)
  const by = isStopped ? 'stop_loss' : isOut ? 'control' : chosen < choices ? 'model' : 'paced'
  return {
    chosenId: arms[chosen]!.id,
    by,
    propensity: propensityOf(question, policy, chosen),
    reasons: by === 'model' ? reasonsOnce(question, told, weighed, chosen) : [],
    logged: {
      x: told.x,
      control: question.control,
      isControl,
      lambda: question.lambda,
      preset: preset === undefined ? null : arms[preset]!.id,
      arms: arms.map((arm, k) => ({
        id: arm.id,
        p: policy[k]!,
        e: expected[k]!,
        w: yesWorth(question, arm),
        z: told.kinds[k]!,
      })),
    },
  }
}

/** What a yes brings: money where the merchant states a margin, else itself. */
function yesWorth({ margin }: Question, { orderMinor, costMinor }: Arm): number {
  return margin === undefined ? 1 : Math.round(margin * orderMinor - costMinor)
}

/**
 * A budget pays when a voucher is given, spent or not, so lambda prices all of its value. What the budget does
 * not pay for is then one of the choices, too: the preset one.
 */
function choicesOf(question: Question): { worth: number; price: number }[] {
  const { arms, choices, margin, lambda } = question
  const unit = margin === undefined ? usualOf(question) : 1
  return arms.slice(0, openOf(question)).map((arm, k) => ({
    worth: yesWorth(question, arm),
    price: k < choices ? (lambda * arm.valueMinor) / Math.max(1, unit) : 0,
  }))
}

function openOf({ arms, choices, lambda }: Question): number {
  return lambda > 0 ? arms.length : choices
}

function boundsOf(question: Question): { least: number; most: number }[] {
  const { arms, choices, stages } = question
  const floor = floorFor(choices, Math.min(...stages.map(({ learnt }) => learnt)))
  const open = openOf(question)
  return arms.map(({ least, most }, k) =>
    k < choices
      ? { least: Math.min(most, Math.max(least, floor)), most }
      : { least: 0, most: k < open ? 1 : 0 },
  )
}

/** What one of the choices usually costs, in minor units. */
function usualOf({ arms, choices }: Asking): number {
  return meanOf(arms.slice(0, choices).map(({ valueMinor }) => valueMinor))
}

function only(place: number | undefined, arms: readonly Arm[]): number[] {
  return arms.map((_, k) => Number(k === place))
}

function pick(policy: readonly number[], draw: number): number {
  let sum = 0
  for (const [k, p] of policy.entries()) {
    sum += p
    if (draw < sum) return k
  }
  return policy.findLastIndex((p) => p > 0)
}

function propensityOf(
  { control, preset }: Question,
  policy: readonly number[],
  chosen: number,
): number {
  return (1 - control) * policy[chosen]! + (chosen === preset ? control : 0)
}

function reasonsOnce(question: Question, told: Told, weighed: Weighed, chosen: number): Reason[] {
  const known = weighed.reasons[chosen]
  if (known) return known
  const reasons = reasonsFor(question, told, weighed.expected, chosen)
  weighed.reasons[chosen] = reasons
  return reasons
}

/** What spoke most for the arm against the others, in percentage points at its own probability. */
function reasonsFor(
  { stages }: Question,
  { x, kinds }: Told,
  expected: readonly number[],
  chosen: number,
): Reason[] {
  const slope = 100 * expected[chosen]! * (1 - expected[chosen]!)
  const others = kinds.filter((_, k) => k !== chosen)
  const isHigh = [
    ...x.map((value) => value > 0),
    ...kinds[chosen]!.map((value, i) => value > meanOf(others.map((z) => z[i]!))),
  ]
  const reasons = new Map<string, { feature: string; points: number; high: boolean }>()
  for (const [i, logits] of speaksFor(stages, x, kinds, chosen).entries()) {
    const feature = FEATURE_TEXTS[i]!
    const before = reasons.get(feature)?.points ?? 0
    reasons.set(feature, { feature, points: before + slope * logits, high: isHigh[i]! })
  }
  reasons.delete('always')
  const strongest = [...reasons.values()]
    .map((reason) => ({ ...reason, points: Math.round(reason.points) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, MOST_REASONS)
  return strongest.length > 0 ? strongest : [{ why: 'chance' }]
}

const FEATURE_TEXTS = [...PERSON_FEATURES, ...KIND_FEATURES].map(({ text }) => text)

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
