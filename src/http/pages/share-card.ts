import { readFile } from 'node:fs/promises'
import { Resvg } from '@resvg/resvg-js'
import satori, { type Font } from 'satori'

import type { ShareView } from '../../domain/views.ts'
import type { Words } from './words.ts'

const WIDTH = 1200
const HEIGHT = 630
const FILES = [
  { file: 'noto-sans-sc-latin-400.woff', name: 'Noto Sans', weight: 400 },
  { file: 'noto-sans-sc-latin-700.woff', name: 'Noto Sans', weight: 700 },
  { file: 'noto-sans-sc-cyrillic-400.woff', name: 'Noto Sans Cyrillic', weight: 400 },
  { file: 'noto-sans-sc-chinese-simplified-400.woff', name: 'Noto Sans SC', weight: 400 },
] as const

/** Draws the picture that chats show beside a shared link, as PNG of 1200 × 630. */
export type DrawCard = (words: Words, share: ShareView) => Promise<Buffer>

/** Reads the fonts once and answers what draws with them. */
export function createShareCards(): DrawCard {
  let fonts: Promise<Font[]> | undefined
  return async (words, share) => {
    fonts ??= readFonts()
    const svg = await satori(card(words, share) as Parameters<typeof satori>[0], {
      width: WIDTH,
      height: HEIGHT,
      fonts: await fonts,
    })
    return new Resvg(svg).render().asPng()
  }
}

async function readFonts(): Promise<Font[]> {
  return Promise.all(
    FILES.map(async ({ file, name, weight }) => ({
      name,
      weight,
      data: await readFile(new URL(`../fonts/${file}`, import.meta.url)),
    })),
  )
}

function card(words: Words, { offer, merchantName, slots, taken, expiresAt }: ShareView) {
  return box({ ...PAPER }, [
    box({ fontSize: 34, color: '#b9e6d3' }, [merchantName]),
    box({ flexDirection: 'column' }, [
      box({ fontSize: offer.title.length > 40 ? 60 : 76, fontWeight: 700, lineHeight: 1.15 }, [
        offer.title,
      ]),
      box(TICKET, [words.worth(offer)]),
    ]),
    box({ fontSize: 32, color: '#b9e6d3' }, [
      `${words.left(slots - taken, slots)} · ${words.until(expiresAt)}`,
    ]),
  ])
}

const PAPER = {
  boxSizing: 'border-box',
  width: WIDTH,
  height: HEIGHT,
  padding: 72,
  flexDirection: 'column',
  justifyContent: 'space-between',
  color: '#ffffff',
  backgroundImage: 'linear-gradient(135deg, #0a5c41 0%, #0f8a60 60%, #16a974 100%)',
  fontFamily: 'Noto Sans, Noto Sans Cyrillic, Noto Sans SC',
} as const

const TICKET = {
  marginTop: 36,
  padding: '18px 32px',
  alignSelf: 'flex-start',
  borderRadius: 20,
  fontSize: 42,
  color: '#0a5c41',
  backgroundColor: '#ffffff',
} as const

function box(style: object, children: unknown[]) {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } }
}
