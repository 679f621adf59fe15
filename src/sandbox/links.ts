/** What a tapped address does in a Telegram client. */
export type TappedLink =
  | { kind: 'start'; payload: string }
  | { kind: 'startgroup'; payload: string }
  | { kind: 'app'; startParam: string }
  | { kind: 'web'; url: string }

/**
 * Reads an address as a Telegram client would: `t.me/<bot>?start=` opens the chat with the bot,
 * `?startgroup=` lets the person choose a group to add it to,
 * `t.me/<bot>/<app>?startapp=` and `t.me/<bot>?startapp=` open the Mini App, the rest is the web.
 */
export function readTappedLink(
  address: string,
  bot: { username: string; appName: string },
): TappedLink {
  const web: TappedLink = { kind: 'web', url: address }
  const url = URL.parse(address)
  if (!url || !['t.me', 'telegram.me'].includes(url.hostname)) return web

  const [name, app] = url.pathname.slice(1).split('/')
  if (name?.toLowerCase() !== bot.username.toLowerCase()) return web
  if (app) {
    if (app.toLowerCase() !== bot.appName.toLowerCase()) return web
    return { kind: 'app', startParam: url.searchParams.get('startapp') ?? '' }
  }
  const startParam = url.searchParams.get('startapp')
  if (startParam !== null) return { kind: 'app', startParam }
  const toGroup = url.searchParams.get('startgroup')
  if (toGroup !== null) return { kind: 'startgroup', payload: toGroup }
  return { kind: 'start', payload: url.searchParams.get('start') ?? '' }
}
