/** What is known of a claimer and of what there is to give when they open a link. */
export type Situation = {
  /** Of the merchant: an order bound, or an earlier claim. */
  isKnown: boolean
  /** Whether what is known of them may decide what they get. */
  isPersonal: boolean
  mode: 'random' | 'matched'
  /** How many templates have something left, and whether the preset one has. */
  left: number
  hasPreset: boolean
}

/** How a voucher is determined. */
export type Way =
  | { by: 'preset'; reason: 'stranger' | 'none_left' | 'not_personal' }
  | { by: 'draw'; reason: 'random' | 'not_personal' }
  | { by: 'match' }

/**
 * How the voucher of a claimer is determined. A stranger (no order and no earlier claim at this merchant)
 * gets the preset voucher, and so does everybody where nothing else is left. Somebody known is drawn one at
 * random, or matched with what there is. Whoever does not want to be matched gets the preset one, or one
 * at random when that is used up.
 *
 * @patent 7 8 9
 */
export function wayToVoucher(situation: Situation): Way {
  if (!situation.isKnown) return { by: 'preset', reason: 'stranger' }
  if (situation.left === 0) return { by: 'preset', reason: 'none_left' }
  if (situation.mode === 'random') return { by: 'draw', reason: 'random' }
  if (situation.isPersonal) return { by: 'match' }
  return { by: situation.hasPreset ? 'preset' : 'draw', reason: 'not_personal' }
}
