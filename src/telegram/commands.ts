import type { TelegramBotCommand } from '@gramio/types'

import type { AppContext } from '../context.ts'
import type { Language, Role } from '../domain/views.ts'
import { peopleOfStaff } from '../usecases/list-staff.ts'
import { sendMessages } from '../usecases/send-messages.ts'
import { rolesOf } from '../usecases/staff-roles.ts'
import type { Call } from './outbox-worker.ts'
import { LANGUAGES, type Texts, textsIn } from './texts.ts'

export type StaffCommandName = keyof typeof STAFF_COMMANDS

/** Who may use which command of the staff's, in the order of the menu. */
const STAFF_COMMANDS = {
  redeem: ['owner', 'manager', 'cashier'],
  campaigns: ['owner', 'manager', 'analyst'],
  stats: ['owner', 'manager', 'analyst'],
  why: ['owner', 'manager', 'analyst'],
  matching: ['owner', 'manager'],
  export: ['owner', 'manager', 'analyst'],
  newcampaign: ['owner', 'manager'],
  newvoucher: ['owner', 'manager'],
  resume: ['owner', 'manager'],
  pause: ['owner', 'manager'],
  stop: ['owner', 'manager'],
  edit: ['owner', 'manager'],
  clone: ['owner', 'manager'],
  history: ['owner', 'manager', 'analyst'],
  codes: ['owner', 'manager'],
  testoffer: ['owner', 'manager'],
  stores: ['owner', 'manager'],
  staff: ['owner'],
} as const satisfies Record<string, readonly Role[]>

const FOR_EVERYBODY = ['vouchers', 'orders', 'order', 'shares', 'language', 'privacy', 'help']

export function mayUse(name: StaffCommandName, role: Role): boolean {
  return (STAFF_COMMANDS[name] as readonly Role[]).includes(role)
}

/** The commands of the staff's that somebody with these roles may use. */
export function staffCommandsOf(roles: readonly Role[]): StaffCommandName[] {
  const names = Object.keys(STAFF_COMMANDS) as StaffCommandName[]
  return names.filter((name) => roles.some((role) => mayUse(name, role)))
}

/** The menu of one person: that of their roles, or everybody's again when they have none. */
export async function menuCall(app: AppContext, personId: string, t: Texts): Promise<Call> {
  const scope = { type: 'chat', chat_id: Number(personId.slice('telegram:'.length)) }
  const roles = (await rolesOf(app, personId)).map(({ role }) => role)
  if (roles.length === 0) return { method: 'deleteMyCommands', params: { scope } }
  return {
    method: 'setMyCommands',
    params: { scope, commands: describe(t, [...staffCommandsOf(roles), ...FOR_EVERYBODY]) },
  }
}

/**
 * Tells Telegram what the bot is and its commands, in each language; the button beside the text field;
 * and the menus of all staff, so that they fit whatever this version can do.
 */
export async function announceCommands(app: AppContext): Promise<void> {
  const menus = (await peopleOfStaff(app)).map(({ personId, language }) =>
    menuCall(app, personId, textsIn(language)),
  )
  const calls = [
    ...LANGUAGES.flatMap(introductions),
    ...(app.bot.appUrl ? [menuButton(app.bot.appUrl)] : []),
    ...(await Promise.all(menus)),
  ]
  await sendMessages(
    app,
    calls.map((payload, i) => ({
      id: `menu:${app.bot.id}:${app.now().getTime()}:${i}`,
      kind: 'call',
      payload,
    })),
  )
}

/** How the bot introduces itself to people of one language; English is for all others too. */
function introductions(language: Language): Call[] {
  const t = textsIn(language)
  const spoken = language === 'en' ? {} : { language_code: language }
  const commands = describe(t, FOR_EVERYBODY)
  return [
    {
      method: 'setMyCommands',
      params: { scope: { type: 'all_private_chats' }, commands, ...spoken },
    },
    { method: 'setMyDescription', params: { description: t.plain('bot-description'), ...spoken } },
    {
      method: 'setMyShortDescription',
      params: { short_description: t.plain('bot-short-description'), ...spoken },
    },
  ]
}

function menuButton(url: string): Call {
  const button = { type: 'web_app', text: textsIn('en').plain('button-open'), web_app: { url } }
  return { method: 'setChatMenuButton', params: { menu_button: button } }
}

function describe(t: Texts, names: readonly string[]): TelegramBotCommand[] {
  return names.map((command) => ({ command, description: t.plain(`command-${command}`) }))
}
