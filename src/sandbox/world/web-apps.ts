import { createHmac, sign } from 'node:crypto'
import { Impossible } from '../refusals.ts'
import type { LaunchedWebApp, SimPerson, WebAppLaunch } from '../sim.ts'
import type { World } from '../world.ts'
import { newQueryId } from './callbacks.ts'
import { messagesAt } from './messages.ts'
import { personOf, userOf } from './people.ts'
import { chatInstance, type Place, placeOf } from './places.ts'
import { menuFor } from './profile.ts'

/** Where BotFather was told that the Mini App is. */
const MINI_APP_PATH = '/app/'

/** Opens the Mini App as a Telegram client would, with data that Telegram has signed. */
export function launchWebApp(world: World, launch: WebAppLaunch): LaunchedWebApp {
  const person = personOf(world, launch.from)
  world.met.add(person.id)
  const { url, fields } = launch.via === 'link' ? byLink(world, launch) : byButton(world, launch)
  const initData = fields ? signInitData(world, { ...fields, ...identity(world, person) }) : ''
  const hash = encoded({
    tgWebAppData: initData,
    tgWebAppVersion: '9.1',
    tgWebAppPlatform: launch.platform ?? 'ios',
    tgWebAppThemeParams: JSON.stringify(THEME),
    tgWebAppBotInline: '1',
  })
  return { initData, url, hash: `#${hash}` }
}

/**
 * Signs launch data as Telegram does: `signature` with Telegram's own key, then `hash` over all
 * other fields with a key made from the bot's token.
 */
function signInitData(world: World, fields: Record<string, string>): string {
  const { id, token, telegramKey } = world.bot
  const forThirdParties = Buffer.from(`${id}:WebAppData\n${checkString(fields)}`)
  const signature = sign(null, forThirdParties, telegramKey.privateKey).toString('base64url')
  const signed = { ...fields, signature }
  const key = createHmac('sha256', 'WebAppData').update(token).digest()
  const hash = createHmac('sha256', key).update(checkString(signed)).digest('hex')
  return encoded({ ...signed, hash })
}

/** Telegram writes a space as %20, never as +. */
function encoded(fields: Record<string, string>): string {
  const pairs = Object.entries(fields)
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

function checkString(fields: Record<string, string>): string {
  const names = Object.keys(fields).toSorted()
  return names.map((name) => `${name}=${fields[name]}`).join('\n')
}

interface Launch {
  url: string
  /** Left out where Telegram gives no data at all. */
  fields?: Record<string, string>
}

/** `t.me/<bot>/<app>?startapp=`: the client says in which chat the link was. */
function byLink(world: World, launch: WebAppLaunch): Launch {
  const startParam = launch.startParam ?? ''
  if (!/^[\w-]{0,512}$/.test(startParam)) throw new Impossible('Not a legal startapp value.')
  const place: Place =
    launch.chat === undefined
      ? { kind: 'bot', person: launch.from }
      : placeOf(world, launch.from, launch.chat)
  const url = new URL(MINI_APP_PATH, world.bot.miniAppOrigin)
  if (startParam) url.searchParams.set('tgWebAppStartParam', startParam)
  return {
    url: url.href,
    fields: {
      chat_type: chatType(world, place),
      chat_instance: chatInstance(world, place, 'webapp'),
      ...(startParam ? { start_param: startParam } : {}),
    },
  }
}

/** A button under a message or the menu button; one on the reply keyboard gets no data. */
function byButton(world: World, launch: WebAppLaunch): Launch {
  if (launch.via === 'menu') {
    const url = menuFor(world, launch.from, launch.from).button.web_app?.url
    if (!url) throw new Impossible('The menu button opens no Mini App.')
    return { url, fields: { query_id: newQueryId() } }
  }
  const { url } = launch
  const markups = messagesAt(world, { kind: 'bot', person: launch.from }).map((one) => one.markup)
  const opens = (button: { web_app?: { url: string } }) => button.web_app?.url === url
  if (url && markups.some((markup) => markup?.inline_keyboard?.flat().some(opens))) {
    return { url, fields: { query_id: newQueryId() } }
  }
  if (url && markups.some((markup) => markup?.keyboard?.flat().some(opens))) return { url }
  throw new Impossible('No button in the chat with the bot opens this address.')
}

function identity(world: World, person: SimPerson): Record<string, string> {
  const { is_bot: _, ...user } = userOf(world, person.id)
  const mayWrite = person.started && !person.blocked
  return {
    user: JSON.stringify({ ...user, ...(mayWrite ? { allows_write_to_pm: true } : {}) }),
    auth_date: String(Math.floor(world.now().getTime() / 1000)),
  }
}

function chatType(world: World, place: Place): string {
  if (place.kind === 'bot') return 'sender'
  if (place.kind === 'dialog') return 'private'
  return world.groups.get(place.group)?.type ?? 'group'
}

const THEME = {
  bg_color: '#ffffff',
  secondary_bg_color: '#efeff4',
  section_bg_color: '#ffffff',
  text_color: '#000000',
  hint_color: '#707579',
  subtitle_text_color: '#707579',
  link_color: '#2481cc',
  accent_text_color: '#2481cc',
  button_color: '#2481cc',
  button_text_color: '#ffffff',
  destructive_text_color: '#df3f40',
}
