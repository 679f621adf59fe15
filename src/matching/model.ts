import {
  type Belief,
  covTimes,
  dot,
  forget,
  independent,
  learn,
  moderated,
  type Sparse,
  type Stand,
  standOf,
} from './belief.ts'

/**
 * What is believed before anything is learnt. All in logits; an answer's logit is
 *
 *     person·shared + arm's kind·kinds + arm's own + person·arm's own
 *
 * and the standard deviations say how far each part may go. How personal the audience of a shop is
 * nobody knows beforehand: a member of the mixture for each of `scales` finds out.
 */
export type Prior = {
  /** How often the answer is yes, before anything is known. */
  baseRate: number
  baseSd: number
  personSd: number
  kindSd: number
  armSd: number
  /** Standard deviations of a person's effect on one arm alone. */
  scales: readonly number[]
  /** The mean of x·x without its first entry: the parts of a person share their spread. */
  meanSquare: number
  /** Means of what the kinds of arms do, where something is known of them. */
  kindMeans: readonly number[]
}

export const USUAL_PRIOR: Prior = {
  baseRate: 0.3,
  baseSd: 1.5,
  personSd: 0.75,
  kindSd: 0,
  armSd: 0.8,
  scales: [0.1, 0.3, 1, 4],
  meanSquare: 1,
  kindMeans: [],
}

/** How much the evidence of an answer is worth to the mixture after the next one. */
const MEMORY = 0.999
/** Forgetting goes in steps of so many answers. */
const FORGET_EVERY = 50

/** One hypothesis of how personal the audience is, and the logarithm of how well it has foretold. */
export type Member = { belief: Belief; evidence: number }

/**
 * The state of learning: of `people` features of a person (the first is always 1), `kinds` features of
 * an arm, and the arms met so far, in the order in which they were met.
 */
export type Model = {
  people: number
  kinds: number
  arms: string[]
  members: Member[]
  learnt: number
}

export function newModel(people: number, kinds: number, prior: Prior): Model {
  const members = prior.scales.map((scale) => ({
    belief: priorOf(people, kinds, 0, prior, scale),
    evidence: 0,
  }))
  return { people, kinds, arms: [], members, learnt: 0 }
}

/** Weights in order: the person's, the kinds', then for each arm its own and the person's on it. */
function priorOf(people: number, kinds: number, arms: number, prior: Prior, scale: number): Belief {
  const spread = Math.sqrt(Math.max(1, prior.meanSquare))
  const size = people + kinds + arms * people
  const mean = new Float64Array(size)
  const sds = new Float64Array(size).fill(scale / spread)
  sds.fill(prior.personSd / spread, 0, people)
  sds.fill(prior.kindSd, people, people + kinds)
  for (let arm = 0; arm < arms; arm++) sds[people + kinds + arm * people] = prior.armSd
  mean[0] = Math.log(prior.baseRate / (1 - prior.baseRate))
  sds[0] = prior.baseSd
  for (let i = 0; i < kinds; i++) mean[people + i] = prior.kindMeans[i] ?? 0
  return independent(mean, sds)
}

/** The place of an arm, which is made when the arm is new: nothing but its kind is known of it then. */
export function armOf(model: Model, arm: string, prior: Prior): number {
  const known = model.arms.indexOf(arm)
  if (known >= 0) return known
  model.arms.push(arm)
  for (const [i, member] of model.members.entries()) {
    const { people, kinds, arms } = model
    member.belief = grown(
      member.belief,
      priorOf(people, kinds, arms.length, prior, prior.scales[i]!),
    )
  }
  return model.arms.length - 1
}

function grown(belief: Belief, larger: Belief): Belief {
  larger.mean.set(belief.mean)
  for (let i = 0; i < belief.size; i++) {
    const row = belief.cov.subarray(i * belief.size, (i + 1) * belief.size)
    larger.cov.set(row, i * larger.size)
  }
  return larger
}

/** The features of a person and an arm together. */
export function featuresOf(
  { people, kinds }: Model,
  person: ArrayLike<number>,
  kind: ArrayLike<number>,
  arm: number,
): Sparse {
  const at: number[] = []
  const value: number[] = []
  const put = (index: number, number: number) => {
    if (number === 0) return
    at.push(index)
    value.push(number)
  }
  for (let i = 0; i < people; i++) put(i, person[i]!)
  for (let i = 0; i < kinds; i++) put(people + i, kind[i] ?? 0)
  for (let i = 0; i < people; i++) put(people + kinds + arm * people + i, person[i]!)
  return { at, value }
}

/** How likely each member is after all that was learnt; they sum to 1. */
export function weightsOf({ members }: Model): number[] {
  const most = Math.max(...members.map(({ evidence }) => evidence))
  const raw = members.map(({ evidence }) => Math.exp(evidence - most))
  const sum = raw.reduce((all, one) => all + one, 0)
  return raw.map((one) => one / sum)
}

/** The probability of a yes, over all members. */
export function predict(model: Model, features: Sparse): number {
  const weights = weightsOf(model)
  return model.members.reduce((sum, { belief }, i) => {
    const { score, variance } = standOf(belief, features)
    return sum + weights[i]! * moderated(score, variance)
  }, 0)
}

/**
 * Learns one answer. Throws a RangeError when the numbers are not sound; then the model must be made
 * again from what was logged.
 *
 * @param halfLife after so many answers half of what was learnt is forgotten
 */
export function teach(
  model: Model,
  features: Sparse,
  answer: 0 | 1,
  prior: Prior,
  halfLife: number,
): void {
  for (const member of model.members) {
    const stand = standOf(member.belief, features)
    member.evidence = MEMORY * member.evidence + surprise(stand, answer)
    learn(member.belief, stand, answer)
  }
  model.learnt++
  if (halfLife < Number.POSITIVE_INFINITY && model.learnt % FORGET_EVERY === 0) {
    forgetSome(model, prior, 0.5 ** (FORGET_EVERY / halfLife))
  }
}

/** The logarithm of the probability that was given to the answer. */
function surprise({ score, variance }: Stand, answer: 0 | 1): number {
  const p = moderated(score, variance)
  return Math.log(Math.max(1e-6, answer === 1 ? p : 1 - p))
}

function forgetSome(model: Model, prior: Prior, keep: number): void {
  const { people, kinds, arms, members } = model
  for (const [i, { belief }] of members.entries()) {
    forget(belief, priorOf(people, kinds, arms.length, prior, prior.scales[i]!), keep)
  }
}

/** Scores of several arms for one person as a member believes them: their means, and how they vary together. */
export function scoresOf(
  { belief }: Member,
  features: readonly Sparse[],
): { means: Float64Array; cov: Float64Array } {
  const count = features.length
  const means = new Float64Array(count)
  const cov = new Float64Array(count * count)
  for (let k = 0; k < count; k++) {
    means[k] = dot(features[k]!, belief.mean)
    const direction = covTimes(belief, features[k]!)
    for (let l = k; l < count; l++) {
      cov[k * count + l] = cov[l * count + k] = dot(features[l]!, direction)
    }
  }
  return { means, cov }
}
