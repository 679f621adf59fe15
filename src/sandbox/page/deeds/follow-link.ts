import { readTappedLink } from '../../links.ts'
import type { Desk } from '../state/desk.ts'
import type { Phone } from '../state/phones.ts'
import { onThisMachine } from './on-this-machine.ts'
import { openMiniApp } from './open-mini-app.ts'
import { addToGroup, pressStart } from './say.ts'
import { shareText } from './share-text.ts'
import { sharedText } from './shared-text.ts'

/** Where a tapped address leads: into the bot's chat, the Mini App, another chat, or a new tab. */
export async function followLink(desk: Desk, phone: Phone, address: string): Promise<void> {
  const bot = desk.world.peek()?.bot
  if (!bot) return
  const link = readTappedLink(address, bot)
  if (link.kind === 'start') return pressStart(desk, phone, link.payload)
  if (link.kind === 'startgroup') return addToGroup(desk, phone, link.payload)
  if (link.kind === 'web') {
    const shared = sharedText(link.url)
    if (shared) return shareText(phone, shared)
    window.open(onThisMachine(desk, link.url), '_blank', 'noopener,noreferrer')
    return
  }
  const chat = phone.chat.peek()
  await openMiniApp(desk, phone, {
    via: 'link',
    startParam: link.startParam,
    ...(chat === undefined ? {} : { chat }),
  })
}

/** The address of the open web behind a button; undefined when Telegram handles it itself. */
export function webAddress(desk: Desk, address: string): string | undefined {
  const bot = desk.world.value?.bot
  if (!bot || readTappedLink(address, bot).kind !== 'web') return undefined
  if (sharedText(address)) return undefined
  return onThisMachine(desk, address)
}
