import { readFile } from 'node:fs/promises'
import { renderAsync } from '@resvg/resvg-js'
import satori, { type Font } from 'satori'

/** A box with what stands in it, as CSS flexbox lays it out, or a shape of SVG. */
export type Box = { type: string; props: Record<string, unknown> }

export type Size = { width: number; height: number }

/** Draws boxes as a PNG. */
export type DrawPicture = (content: Box, size: Size) => Promise<Buffer>

/** Latin, Cyrillic and Chinese; what a face lacks is taken from the next. */
export const FACES = 'Noto Sans, Noto Sans Cyrillic, Noto Sans SC'

const FILES = [
  { file: 'noto-sans-sc-latin-400.woff', name: 'Noto Sans', weight: 400 },
  { file: 'noto-sans-sc-latin-700.woff', name: 'Noto Sans', weight: 700 },
  { file: 'noto-sans-sc-cyrillic-400.woff', name: 'Noto Sans Cyrillic', weight: 400 },
  { file: 'noto-sans-sc-chinese-simplified-400.woff', name: 'Noto Sans SC', weight: 400 },
] as const

/** Reads the fonts once, when the first picture is drawn, and answers what draws with them. */
export function createPictures(): DrawPicture {
  let fonts: Promise<Font[]> | undefined
  return async (content, size) => {
    fonts ??= readFonts()
    const svg = await satori(content as Parameters<typeof satori>[0], {
      ...size,
      fonts: await fonts,
    })
    // the letters are drawn as paths already, and the fonts of this machine must not be looked through
    const image = await renderAsync(svg, { font: { loadSystemFonts: false } })
    return image.asPng()
  }
}

async function readFonts(): Promise<Font[]> {
  return Promise.all(
    FILES.map(async ({ file, name, weight }) => ({
      name,
      weight,
      data: await readFile(new URL(`fonts/${file}`, import.meta.url)),
    })),
  )
}

export function box(style: object, children: readonly (Box | string)[] = []): Box {
  const drawn = children.map((child) => (typeof child === 'string' ? drawable(child) : child))
  return { type: 'div', props: { style: { display: 'flex', ...style }, children: drawn } }
}

const UNKNOWN =
  /\p{Extended_Pictographic}|[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Common}]/gu

/** What the fonts have letters for: an emoji or an Arabic word would be a row of crossed boxes. */
function drawable(text: string): string {
  const plain = text.normalize('NFKC')
  return plain.replace(UNKNOWN, '').replace(/\s+/g, ' ').trim()
}

/** `svg`, or a shape in one. */
export function shape(type: string, attributes: object, children: readonly Box[] = []): Box {
  return { type, props: { ...attributes, children } }
}
