import type { SimMenu } from '../sim.ts'
import type { World } from '../world.ts'
import { tell } from './events.ts'

/** What the bot says about itself, by language ('' is everybody else). */
export interface Profile {
  names: Map<string, string>
  descriptions: Map<string, string>
  shortDescriptions: Map<string, string>
  /** By `commandKey`. */
  commands: Map<string, BotCommand[]>
  /** By person; `default` for everybody else. */
  menuButtons: Map<number | 'default', SimMenu['button']>
}

interface BotCommand {
  command: string
  description: string
}

export interface CommandScope {
  type: string
  chat_id?: number | string
  user_id?: number
}

export function newProfile(): Profile {
  return {
    names: new Map(),
    descriptions: new Map(),
    shortDescriptions: new Map(),
    commands: new Map(),
    menuButtons: new Map(),
  }
}

export function commandKey(scope: CommandScope | undefined, language: string | undefined): string {
  const { type, chat_id, user_id } = scope ?? { type: 'default' }
  return [type, chat_id ?? '', user_id ?? '', language ?? ''].join('/')
}

/** What one person finds in a chat's menu, by Telegram's order of scopes: the narrowest wins. */
export function menuFor(world: World, person: number, chat: number): SimMenu {
  const language = world.people.get(person)?.language_code.slice(0, 2) ?? ''
  const { commands, menuButtons } = world.profile
  const scopes = chat > 0 ? privateScopes(chat) : groupScopes(world, person, chat)
  for (const scope of scopes) {
    const found = commands.get(commandKey(scope, language)) ?? commands.get(commandKey(scope, ''))
    if (found) return { commands: found, button: buttonFor(menuButtons, person, found) }
  }
  return { commands: [], button: buttonFor(menuButtons, person, []) }
}

export function menuChanged(world: World, chat?: number): void {
  tell(world, { kind: 'menu', ...(chat === undefined ? {} : { chat }) })
}

function privateScopes(chat: number): CommandScope[] {
  return [{ type: 'chat', chat_id: chat }, { type: 'all_private_chats' }, { type: 'default' }]
}

function groupScopes(world: World, person: number, chat: number): CommandScope[] {
  const isAdministrator = world.groups.get(chat)?.members.get(person) === 'administrator'
  return [
    { type: 'chat_member', chat_id: chat, user_id: person },
    ...(isAdministrator ? [{ type: 'chat_administrators', chat_id: chat }] : []),
    { type: 'chat', chat_id: chat },
    ...(isAdministrator ? [{ type: 'all_chat_administrators' }] : []),
    { type: 'all_group_chats' },
    { type: 'default' },
  ]
}

/** The default button opens the commands, if there are any. */
function buttonFor(
  buttons: Profile['menuButtons'],
  person: number,
  commands: BotCommand[],
): SimMenu['button'] {
  const button = buttons.get(person) ?? buttons.get('default')
  if (button && button.type !== 'default') return button
  return { type: commands.length > 0 ? 'commands' : 'default' }
}
