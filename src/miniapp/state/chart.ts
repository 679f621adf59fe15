/** A line through counts, one for each step to the right, as the points of an SVG polyline. */
export function pointsOf(counts: readonly number[], most: number, box: Box): string {
  return counts
    .map((count, nth) => `${round(xOf(nth, counts.length, box))},${round(yOf(count, most, box))}`)
    .join(' ')
}

export type Box = { width: number; height: number }

/** A round number that is not less than the most, for the scale: 1, 2 or 5 with noughts. */
export function scaleOf(most: number): number {
  let step = 1
  for (let nth = 0; step < most; nth++) step = ([1, 2, 5][nth % 3] ?? 1) * 10 ** Math.floor(nth / 3)
  return step
}

function xOf(nth: number, many: number, { width }: Box): number {
  return many < 2 ? width / 2 : (nth / (many - 1)) * width
}

function yOf(count: number, most: number, { height }: Box): number {
  return most === 0 ? height : height - (count / most) * height
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
