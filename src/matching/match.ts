import { describePerson, type PersonFeatures, type Traits } from './features.ts'

/** Something to choose from: an offer or a voucher template. */
export type Arm = { id: string; traits: Traits }

type Reason = { trait: string; weight: number }

/** How well each arm fits, with what probability it is chosen, and the strongest reasons. */
export type Candidate = { id: string; score: number; probability: number; reasons: Reason[] }

export const MODEL = 'stated-features-1'

/** The best arm is chosen this often; the rest of the time every arm alike, so that the log can teach. */
const BEST_SHARE = 0.9

/**
 * Matches a person with several arms: the score is the sum, over the traits, of the person's value
 * times the arm's weight. Where nothing fits, every arm is as likely as any other. Probabilities sum
 * to 1. Answers in the order of the arms.
 *
 * @patent 3 7 8
 */
export function match(person: PersonFeatures, arms: readonly Arm[]): Candidate[] {
  const described = describePerson(person)
  const scored = arms.map(({ id, traits }) => ({ id, ...scoreOf(described, traits) }))
  const bestScore = Math.max(0, ...scored.map(({ score }) => score))
  const best = scored.filter(({ score }) => score === bestScore)
  return scored.map((arm) => ({
    ...arm,
    probability:
      bestScore === 0
        ? 1 / arms.length
        : (1 - BEST_SHARE) / arms.length + (arm.score === bestScore ? BEST_SHARE / best.length : 0),
  }))
}

function scoreOf(
  described: ReadonlyMap<string, number>,
  traits: Traits,
): { score: number; reasons: Reason[] } {
  const reasons: Reason[] = []
  for (const [trait, weight] of Object.entries(traits)) {
    const part = (described.get(trait) ?? 0) * weight
    if (part > 0) reasons.push({ trait, weight: part })
  }
  reasons.sort((a, b) => b.weight - a.weight)
  return {
    score: reasons.reduce((sum, { weight }) => sum + weight, 0),
    reasons: reasons.slice(0, 3),
  }
}
