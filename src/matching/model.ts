import {
  type Belief,
  forget,
  independent,
  learn,
  moderated,
  mustBeSound,
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
  /** One for each feature of a kind of arm. */
  kindSds: readonly number[]
  armSd: number
  /** Standard deviations of a person's effect on one arm alone. */
  scales: readonly number[]
  /** The head start of each of these, as a logarithm that fades with its evidence; left out, none. */
  odds?: readonly number[]
  /** The mean of x·x without its first entry: the parts of a person share their spread. */
  meanSquare: number
  /** Means of what the kinds of arms do, where something is known of them. */
  kindMeans: readonly number[]
  /** The same of a person's features for every arm; of the first, which is always 1, the base rate says it. */
  personMeans?: readonly number[]
}

/**
 * Where nothing is known of what the features mean, large scales get a head start: they take longest to
 * show what they are worth.
 */
export const USUAL_PRIOR: Prior = {
  baseRate: 0.3,
  baseSd: 1.5,
  personSd: 0.75,
  kindSds: [],
  armSd: 0.8,
  scales: [0.1, 0.5, 2, 6],
  odds: [0, 0, 1, 3],
  meanSquare: 1,
  kindMeans: [],
}

/** After so many answers half of what was learnt of arms is forgotten. */
export const HALF_LIFE = 5000
/** What people like changes so many times as slowly as what is liked by all. */
const STEADIER = 8
/** How much the evidence of an answer is worth to the mixture after the next one: it follows changes sooner. */
const MEMORY = 0.998
/** Members are judged by so much of their variance: about as sure as they act. */
const JUDGED_AT = 0.1
/** Forgetting goes in steps of so many answers. */
const FORGET_EVERY = 50
/** More arms than this are not kept in mind: a new one takes the place of the one taught longest ago. */
export const MOST_ARMS = 32

/** One hypothesis of how personal the audience is, and the logarithm of how well it has foretold. */
type Member = { belief: Belief; evidence: number }

/**
 * The state of learning: of `people` features of a person (the first is always 1), `kinds` features of
 * an arm, and the arms met so far, in the order in which they were met.
 */
export type Model = {
  people: number
  kinds: number
  arms: string[]
  /** What `learnt` was when each arm was made or last taught. */
  taught: number[]
  members: Member[]
  learnt: number
}

export function newModel(people: number, kinds: number, prior: Prior): Model {
  const members = prior.scales.map((scale, m) => ({
    belief: priorOf({ people, kinds, arms: [] }, prior, scale),
    evidence: prior.odds?.[m] ?? 0,
  }))
  return { people, kinds, arms: [], taught: [], members, learnt: 0 }
}

/** Standard deviations of what belongs to one arm alone: its own effect, and a person's on it. */
export function sdsOf(prior: Prior, scale: number): { own: number; personal: number } {
  return { own: prior.armSd, personal: scale / spreadOf(prior) }
}

function spreadOf({ meanSquare }: Prior): number {
  return Math.sqrt(Math.max(1, meanSquare))
}

/** Weights in order: the person's, the kinds', then for each arm its own and the person's on it. */
function priorOf(
  { people, kinds, arms }: Pick<Model, 'people' | 'kinds' | 'arms'>,
  prior: Prior,
  scale: number,
): Belief {
  const { own, personal } = sdsOf(prior, scale)
  const size = people + kinds + arms.length * people
  const mean = new Float64Array(size)
  const sds = new Float64Array(size).fill(personal)
  sds.fill(prior.personSd / spreadOf(prior), 0, people)
  for (let arm = 0; arm < arms.length; arm++) sds[people + kinds + arm * people] = own
  for (let i = 1; i < people; i++) mean[i] = prior.personMeans?.[i] ?? 0
  mean[0] = Math.log(prior.baseRate / (1 - prior.baseRate))
  sds[0] = prior.baseSd
  for (let i = 0; i < kinds; i++) {
    mean[people + i] = prior.kindMeans[i] ?? 0
    sds[people + i] = prior.kindSds[i] ?? 0
  }
  return independent(mean, sds)
}

/**
 * The place of an arm, which is made when the arm is new: nothing but its kind is known of it then. When
 * there are as many as are kept in mind it takes the place of the one that was taught longest ago, and
 * what was known of that one alone is forgotten.
 */
export function armOf(model: Model, arm: string, prior: Prior): number {
  const known = model.arms.indexOf(arm)
  if (known >= 0) return known
  const isFull = model.arms.length >= MOST_ARMS
  const place = isFull ? model.taught.indexOf(Math.min(...model.taught)) : model.arms.length
  model.arms[place] = arm
  model.taught[place] = model.learnt
  const from = model.people + model.kinds + place * model.people
  for (const [i, member] of model.members.entries()) {
    const fresh = priorOf(model, prior, prior.scales[i]!)
    member.belief = withFresh(member.belief, fresh, from, from + model.people)
  }
  return place
}

/** What is believed, but between two places and beyond its end, where nothing is known yet. */
function withFresh(belief: Belief, fresh: Belief, from: number, to: number): Belief {
  const isKept = (i: number) => i < from || i >= to
  for (let i = 0; i < belief.size; i++) {
    if (!isKept(i)) continue
    fresh.mean[i] = belief.mean[i]!
    const row = belief.cov.subarray(i * belief.size, (i + 1) * belief.size)
    fresh.cov.set(row.subarray(0, from), i * fresh.size)
    fresh.cov.set(row.subarray(to), i * fresh.size + to)
  }
  return fresh
}

/** A person and the arm at a place together, by the weights that they speak to. */
export type Features = Sparse & { arm: number }

export function featuresOf(
  { people, kinds }: Model,
  person: ArrayLike<number>,
  kind: ArrayLike<number>,
  arm: number,
): Features {
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
  return { arm, at, value }
}

/**
 * How far draws go from what a member believes: the whole way (1) would try too much for a shop's numbers,
 * and where scales are large half of that is enough. Below 0.25 it locks in.
 */
export function temperatureOf(scale: number): number {
  return scale > 1 ? 0.25 : 0.4
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
 * Learns one answer. Throws a RangeError, and changes nothing, when the numbers are not sound.
 *
 * @param halfLife after so many answers half of what was learnt of arms is forgotten
 */
export function teach(
  model: Model,
  features: Features,
  answer: 0 | 1,
  prior: Prior,
  halfLife: number,
): void {
  const stands = model.members.map(({ belief }) => standOf(belief, features))
  for (const stand of stands) mustBeSound(stand)
  for (const [m, member] of model.members.entries()) {
    member.evidence = MEMORY * member.evidence + surprise(stands[m]!, answer)
    learn(member.belief, stands[m]!, answer)
  }
  model.learnt++
  model.taught[features.arm] = model.learnt
  if (halfLife < Number.POSITIVE_INFINITY && model.learnt % FORGET_EVERY === 0) {
    forgetSome(model, prior, halfLife)
  }
}

/**
 * The logarithm of the probability that was given to the answer. Of its doubts a member keeps a part: with
 * all of them large scales were blamed for what they cannot know yet.
 */
function surprise({ score, variance }: Stand, answer: 0 | 1): number {
  const p = moderated(score, JUDGED_AT * variance)
  return Math.log(Math.max(1e-6, answer === 1 ? p : 1 - p))
}

function forgetSome(model: Model, prior: Prior, halfLife: number): void {
  const roots = rootsOf(model, halfLife)
  for (const [i, { belief }] of model.members.entries()) {
    forget(belief, priorOf(model, prior, prior.scales[i]!), roots)
  }
}

/** How much stays of each weight: of a person's effects more than of what arms and their kinds do for all. */
function rootsOf({ people, kinds, arms }: Model, halfLife: number): Float64Array {
  const ofAll = 0.5 ** (FORGET_EVERY / 2 / halfLife)
  const ofPeople = 0.5 ** (FORGET_EVERY / 2 / halfLife / STEADIER)
  const roots = new Float64Array(people + kinds + arms.length * people).fill(ofPeople)
  roots[0] = ofAll
  roots.fill(ofAll, people, people + kinds)
  for (let arm = 0; arm < arms.length; arm++) roots[people + kinds + arm * people] = ofAll
  return roots
}
