/** A pot of money that a share gives away in parts. Amounts in minor units. */
export type Pot = { totalMinor: number; parts: number; minMinor: number; maxMinor: number }

/**
 * Splits a pot into parts that sum to it exactly, each within the bounds: every part is drawn up to
 * double the average of what is left (but never so that the rest could not be split any more), then
 * all are shuffled, so that every position has the same odds.
 *
 * @param draw gives an integer in [0, below); the same draws give the same split
 * @throws RangeError when the bounds leave no way to split the pot
 * @patent 8
 */
export function splitPot(pot: Pot, draw: (below: number) => number): number[] {
  const { totalMinor, parts, minMinor, maxMinor } = pot
  if (parts < 1 || minMinor * parts > totalMinor || maxMinor * parts < totalMinor) {
    throw new RangeError('the pot cannot be split within these bounds')
  }
  const amounts: number[] = []
  let rest = totalMinor
  for (let left = parts; left > 1; left--) {
    const least = Math.max(minMinor, rest - maxMinor * (left - 1))
    const doubleAverage = Math.floor((2 * rest) / left) - minMinor
    const most = Math.max(least, Math.min(maxMinor, rest - minMinor * (left - 1), doubleAverage))
    const amount = least + draw(most - least + 1)
    amounts.push(amount)
    rest -= amount
  }
  amounts.push(rest)
  return shuffle(amounts, draw)
}

function shuffle(amounts: number[], draw: (below: number) => number): number[] {
  for (let last = amounts.length - 1; last > 0; last--) {
    const other = draw(last + 1)
    const amount = amounts[last] as number
    amounts[last] = amounts[other] as number
    amounts[other] = amount
  }
  return amounts
}
