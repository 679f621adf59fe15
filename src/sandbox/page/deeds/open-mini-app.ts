import type { WebAppLaunch } from '../../sim.ts'
import { createMiniApp } from '../mini-app/mini-app.ts'
import { themeParams } from '../mini-app/theme-params.ts'
import { type Desk, did } from '../state/desk.ts'
import type { Phone } from '../state/phones.ts'
import { shownTheme } from '../state/theme.ts'
import { attempt } from './attempt.ts'
import { onThisMachine } from './on-this-machine.ts'

/** Opens the Mini App over the phone, with data that the simulation has signed for its holder. */
export async function openMiniApp(
  desk: Desk,
  phone: Phone,
  launch: Omit<WebAppLaunch, 'from'>,
): Promise<void> {
  const from = phone.person.peek()
  if (from === undefined) return
  const launched = await attempt(phone, desk.api.launch({ ...launch, from }))
  if (!launched) return
  const address = onThisMachine(desk, launched.url) + inTheme(launched.hash)
  phone.miniApp.value = createMiniApp(address)
  if (launch.via === 'link' && (launch.chat ?? 0) < 0) did(desk, 'tapped')
}

/** The launch fragment with the colours that the page shows now. */
function inTheme(hash: string): string {
  const params = new URLSearchParams(hash.slice(1))
  params.set('tgWebAppThemeParams', JSON.stringify(themeParams(shownTheme())))
  return `#${params}`
}
