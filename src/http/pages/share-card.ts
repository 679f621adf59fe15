import type { ShareView } from '../../domain/views.ts'
import { box, type DrawPicture, FACES } from '../../pictures/draw-picture.ts'
import type { Words } from './words.ts'

const WIDTH = 1200
const HEIGHT = 630

/** The picture that chats show beside a shared link, as PNG of 1200 × 630. */
export function drawShareCard(draw: DrawPicture, words: Words, share: ShareView): Promise<Buffer> {
  return draw(card(words, share), { width: WIDTH, height: HEIGHT })
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
  fontFamily: FACES,
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
