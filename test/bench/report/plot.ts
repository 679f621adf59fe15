/** A line of a plot; `least` and `most` are drawn as a whisker where they are given. */
export type Line = {
  name: string
  /** Drawn as dashes, for what the others are held against. */
  dashed?: boolean
  points: { x: number; y: number; least?: number; most?: number }[]
}

export type Plot = {
  title: string
  x: { title: string; log?: boolean }
  /** The axis begins at zero unless it is said where. */
  y: { title: string; from?: number }
  lines: readonly Line[]
}

const WIDTH = 760
const HEIGHT = 420
const BOX = { left: 76, right: 190, top: 48, bottom: 56 }
/** Told apart with any eyes, on white and on black. */
const COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#b8860b',
  '#56b4e9',
  '#8a7fd6',
  '#888888',
  '#e377c2',
  '#7f7f00',
  '#17a2a2',
  '#a05195',
]

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 16px; font-weight: 600 }
  .grid { stroke: #d0d7de; stroke-width: 1 }
  .line { fill: none; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #3d444d } }`

/** Draws lines over axes as SVG that reads on a light and on a dark page. */
export function drawPlot({ title, x, y, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points)
  const place = {
    x: xScale(
      points.map((point) => point.x),
      x.log ?? false,
    ),
    y: yScale(
      points.map((point) => point.most ?? point.y),
      y.from ?? 0,
    ),
  }
  const right = WIDTH - BOX.right
  const bottom = HEIGHT - BOX.bottom
  const parts = [
    text(BOX.left, 26, title, 'start', 'title'),
    ...place.y.ticks.flatMap((value) => [
      `<line class="grid" x1="${BOX.left}" x2="${right}" y1="${place.y.at(value)}" y2="${place.y.at(value)}"/>`,
      text(BOX.left - 8, place.y.at(value) + 4, short(value), 'end'),
    ]),
    ...place.x.ticks.map((value) => text(place.x.at(value), bottom + 20, short(value), 'middle')),
    text((BOX.left + right) / 2, HEIGHT - 12, x.title, 'middle'),
    `<text transform="translate(18 ${(BOX.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${y.title}</text>`,
    ...lines.flatMap((line, i) => drawLine(line, COLOURS[i % COLOURS.length] ?? '', place)),
    ...labels(lines, place),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<style>${STYLE}
</style>
${parts.join('\n')}
</svg>
`
}

type Scale = { at(value: number): number; ticks: number[] }

function xScale(values: readonly number[], log: boolean): Scale {
  const position = (value: number) => (log ? Math.log10(Math.max(1, value)) : value)
  const first = position(Math.min(...values))
  const last = position(Math.max(...values))
  const width = WIDTH - BOX.left - BOX.right
  const different = [...new Set(values)].sort((a, b) => a - b)
  const ticks = different.length <= 9 ? different : ticksUpTo(Math.max(...values))
  return {
    ticks,
    at: (value) => round(BOX.left + ((position(value) - first) / (last - first || 1)) * width),
  }
}

function yScale(values: readonly number[], from: number): Scale {
  const ticks = ticksUpTo(Math.max(...values) - from).map((tick) => from + tick)
  const top = ticks.at(-1) ?? 1
  const height = HEIGHT - BOX.top - BOX.bottom
  return {
    ticks,
    at: (value) => round(HEIGHT - BOX.bottom - ((value - from) / (top - from)) * height),
  }
}

/** Round numbers from zero to just above the most. */
function ticksUpTo(most: number): number[] {
  const rough = Math.max(most, 1e-9) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step)
}

function drawLine(
  { points, dashed }: Line,
  colour: string,
  place: { x: Scale; y: Scale },
): string[] {
  const path = points.map(({ x, y }) => `${place.x.at(x)},${place.y.at(y)}`).join(' ')
  const whiskers = points.flatMap(({ x, least, most }) =>
    least === undefined || most === undefined
      ? []
      : `<line stroke="${colour}" x1="${place.x.at(x)}" x2="${place.x.at(x)}" y1="${place.y.at(least)}" y2="${place.y.at(most)}"/>`,
  )
  const dots =
    points.length > 40
      ? []
      : points.map(
          ({ x, y }) =>
            `<circle cx="${place.x.at(x)}" cy="${place.y.at(y)}" r="3" fill="${colour}"/>`,
        )
  const dashes = dashed ? ' stroke-dasharray="6 4"' : ''
  return [
    `<polyline class="line" stroke="${colour}"${dashes} points="${path}"/>`,
    ...whiskers,
    ...dots,
  ]
}

/** The lines' names beside their ends, moved apart where they would cover one another. */
function labels(lines: readonly Line[], place: { x: Scale; y: Scale }): string[] {
  const wanted = lines
    .map(({ name, points }, i) => ({ name, i, y: place.y.at(points.at(-1)?.y ?? 0) }))
    .sort((a, b) => a.y - b.y)
  let above = BOX.top - 16
  return wanted.map(({ name, i, y }) => {
    above = Math.max(y, above + 16)
    return `<text x="${WIDTH - BOX.right + 12}" y="${above + 4}" style="fill: ${COLOURS[i % COLOURS.length]}">${name}</text>`
  })
}

function text(x: number, y: number, words: string, anchor: string, kind = ''): string {
  return `<text${kind && ` class="${kind}"`} x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`
}

/** `0`, `500`, `10 k`, `2 M`. */
function short(value: number): string {
  if (value >= 1_000_000) return `${Number((value / 1_000_000).toPrecision(3))} M`
  return value >= 1000
    ? `${Number((value / 1000).toPrecision(3))} k`
    : String(Number(value.toPrecision(3)))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
