/** A voucher template that could be given, with the probability the matching gave it. */
export type Candidate = {
  id: string
  score: number
  probability: number
  reasons: readonly unknown[]
}

/** Which template somebody is to get, how it was chosen and how likely that was. */
export type Choice =
  | { by: 'match' | 'draw'; templateId: string; propensity: number; reasons: readonly unknown[] }
  | { by: 'fallback'; reason: 'stranger' | 'none_left' }

/**
 * Chooses a voucher template for a claimer.
 *
 * A stranger (no order and no earlier claim at this merchant) gets the preset voucher. Somebody known
 * gets one drawn with exactly the probabilities that matching gave: by match where it scores, else at
 * random. Where nothing is left, everybody gets the preset one.
 *
 * @param draw a number in [0, 1)
 * @patent 7 8 9
 */
export function chooseVoucher(
  known: boolean,
  candidates: readonly Candidate[],
  draw: number,
): Choice {
  if (!known) return { by: 'fallback', reason: 'stranger' }
  const chosen = pick(candidates, draw)
  if (!chosen) return { by: 'fallback', reason: 'none_left' }
  const { id, score, probability, reasons } = chosen
  return { by: score > 0 ? 'match' : 'draw', templateId: id, propensity: probability, reasons }
}

function pick(candidates: readonly Candidate[], draw: number): Candidate | undefined {
  let sum = 0
  for (const candidate of candidates) {
    sum += candidate.probability
    if (draw < sum) return candidate
  }
  return candidates.at(-1)
}
