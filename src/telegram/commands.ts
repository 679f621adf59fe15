import type { TelegramBotCommand } from '@gramio/types'

import type { AppContext } from '../context.ts'
import type { Role } from '../domain/views.ts'
import { sendMessages } from '../usecases/send-messages.ts'
import { rolesOf } from '../usecases/staff-roles.ts'
import type { Call } from './outbox-worker.ts'
import { LANGUAGES, type Texts, textsIn } from './texts.ts'

export type StaffCommandName = keyof typeof STAFF_COMMANDS

/** Who may use which command of the staff's, in the order of the menu. */
export const STAFF_COMMANDS = {
  redeem: ['owner', 'manager', 'cashier'],
  campaigns: ['owner', 'manager', 'analyst'],
  stats: ['owner', 'manager', 'analyst'],
  newcampaign: ['owner', 'manager'],
  newvoucher: ['owner', 'manager'],
  resume: ['owner', 'manager'],
  pause: ['owner', 'manager'],
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

/** Tells Telegram the bot's commands in each language, and the button beside the text field. */
export async function announceCommands(app: AppContext): Promise<void> {
  const scope = { type: 'all_private_chats' }
  const commands = LANGUAGES.map((language): Call => {
    const params = { scope, commands: describe(textsIn(language), FOR_EVERYBODY) }
    return {
      method: 'setMyCommands',
      params: language === 'en' ? params : { ...params, language_code: language },
    }
  })
  const calls = app.bot.appUrl ? [...commands, menuButton(app.bot.appUrl)] : commands
  await sendMessages(
    app,
    calls.map((payload, i) => ({
      id: `menu:${app.bot.id}:${app.now().getTime()}:${i}`,
      kind: 'call',
      payload,
    })),
  )
}

function menuButton(url: string): Call {
  const button = { type: 'web_app', text: textsIn('en').plain('button-open'), web_app: { url } }
  return { method: 'setChatMenuButton', params: { menu_button: button } }
}

function describe(t: Texts, names: readonly string[]): TelegramBotCommand[] {
  return names.map((command) => ({ command, description: t.plain(`command-${command}`) }))
}
