import { type Said, sayReason, type Voice } from './reason-words.ts'
import { sayWhy } from './why-words.ts'

/**
 * What decided: the matching; chance, where nothing known spoke for one, or where it always does; nothing,
 * where there was one only; that somebody is of the share compared with, wants nothing personal, was a
 * stranger, got the preset for want of others, or while matching does worse; or that they shared.
 */
export type WhyBy =
  | 'match'
  | 'draw'
  | 'random'
  | 'only'
  | 'control'
  | 'not_personal'
  | 'stranger'
  | 'preset'
  | 'stop_loss'
  | 'reward'

/** Why somebody got a voucher, or was shown an offer first. Chances are in [0, 1]. @patent 3 8 9 */
export type WhyView = {
  point: 'offer' | 'voucher'
  by: WhyBy
  said: Said
  /** Which state of which model; empty where none was asked. */
  model: string
  /** How likely it was that just this one was given. */
  chance: number
  /** What spoke most for it, and by how many percentage points, where that was reckoned. */
  reasons: { feature: string; high: boolean; points?: number; said: Said }[]
  /** What there was to choose from, the likeliest first. */
  candidates: { name: string; chance: number; isChosen: boolean }[]
}

/** The same for the merchant: also what a unit of the budget had to bring, and what was expected. */
export type MerchantWhyView = Omit<WhyView, 'candidates'> & {
  lambda?: number
  /** `expected`: the probability of a redemption, where the model was asked. */
  candidates: (WhyView['candidates'][number] & { expected?: number })[]
}

/** A decision as it is stored, with what its candidates are called and meant for now. */
export type DecisionRecord = {
  point: WhyView['point']
  candidates: unknown
  chosenId: string | null
  chosenBy: 'match' | 'draw' | 'fallback' | 'reward'
  propensity: number
  reasons: readonly unknown[]
  model: string
  /** Whether amounts of its campaign are drawn by lot. */
  isRandom: boolean
  kinds: readonly { id: string; name: string; traits: Readonly<Record<string, number>> }[]
}

/** Explains a decision to the person it was made for. */
export function explainToPerson(decision: DecisionRecord): WhyView {
  const { lambda, candidates, ...view } = explain(decision, 'you')
  return { ...view, candidates: candidates.map(({ expected, ...candidate }) => candidate) }
}

/** Explains a decision to the merchant: nothing that is known of the person goes along. */
export function explainToMerchant(decision: DecisionRecord): MerchantWhyView {
  return explain(decision, 'they')
}

function explain(decision: DecisionRecord, voice: Voice): MerchantWhyView {
  const { point, propensity, model, chosenBy } = decision
  const logged = readLogged(decision.candidates)
  const why = whyIn(decision.reasons)
  const by = whatDecided(decision, why, logged)
  return {
    point,
    by,
    said: sayWhy({ by, point, why, control: logged.control, isDrawn: chosenBy === 'draw' }, voice),
    model,
    chance: propensity,
    reasons: by === 'match' ? reasonsIn(decision, voice) : [],
    candidates: candidatesIn(decision, logged),
    ...(logged.lambda > 0 && { lambda: logged.lambda }),
  }
}

function whatDecided(
  { chosenBy, isRandom, reasons }: DecisionRecord,
  why: string | undefined,
  { arms }: Logged,
): WhyBy {
  switch (why) {
    case 'control':
    case 'not_personal':
    case 'stranger':
    case 'stop_loss':
    case 'reward':
      return why
    case 'none_left':
    case 'paced':
    case 'fault':
      return 'preset'
  }
  // what was chosen was gone by then
  if (chosenBy === 'fallback') return 'preset'
  if (arms.filter(({ p }) => p > 0).length === 1) return 'only'
  if (why === undefined && reasons.length > 0) return 'match'
  return isRandom || why === 'random' ? 'random' : 'draw'
}

type Logged = {
  control: number | undefined
  lambda: number
  preset: string | null
  arms: { id: string; p: number; e?: number }[]
}

/** What was logged of the candidates; decisions without the model have a list of them only. */
function readLogged(candidates: unknown): Logged {
  if (!Array.isArray(candidates)) {
    const { control, lambda, preset, arms } = candidates as Logged
    return { control, lambda, preset, arms }
  }
  const listed = candidates as { id: string; probability: number }[]
  const arms = listed.map(({ id, probability }) => ({ id, p: probability }))
  return { control: undefined, lambda: 0, preset: null, arms }
}

function whyIn(reasons: readonly unknown[]): string | undefined {
  const [first] = reasons as { why?: string }[]
  return first?.why
}

/** Before there was a model, a reason was a trait that fitted. */
type StoredReason = { feature: string; points: number; high: boolean } | { trait: string }

function reasonsIn(
  { reasons, kinds, chosenId }: DecisionRecord,
  voice: Voice,
): MerchantWhyView['reasons'] {
  const traits = traitsOf(kinds.find(({ id }) => id === chosenId)?.traits ?? {})
  return (reasons as StoredReason[]).flatMap((stored) => {
    const isTrait = 'trait' in stored
    const { feature, high, points } = isTrait ? { feature: 'fit', high: true } : stored
    const said = sayReason({ feature, high }, isTrait ? [stored.trait] : traits, voice)
    return said ? [{ feature, high, said, ...(points !== undefined && { points }) }] : []
  })
}

const MOST_TRAITS = 3

/** For whom something is meant first of all. */
function traitsOf(traits: Readonly<Record<string, number>>): string[] {
  return Object.entries(traits)
    .filter(([, weight]) => weight > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_TRAITS)
    .map(([trait]) => trait)
}

/** With what chance each could be given, the control share included; what could not be is left out. */
function candidatesIn(
  { kinds, chosenId }: DecisionRecord,
  { arms, control = 0, preset }: Logged,
): MerchantWhyView['candidates'] {
  const nameById = new Map(kinds.map(({ id, name }) => [id, name]))
  return arms
    .map(({ id, p, e }) => ({
      name: nameById.get(id) ?? id,
      chance: (1 - control) * p + (id === preset ? control : 0),
      isChosen: id === chosenId,
      ...(e !== undefined && { expected: e }),
    }))
    .filter(({ chance, isChosen }) => chance > 0 || isChosen)
    .sort((a, b) => b.chance - a.chance)
}
