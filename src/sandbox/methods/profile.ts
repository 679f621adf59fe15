import type { TelegramMenuButton } from '@gramio/types'
import { isHttps } from '../links-allowed.ts'
import { misused, refused } from '../refusals.ts'
import { type CommandScope, commandKey, menuChanged } from '../world/profile.ts'
import type { World } from '../world.ts'
import { type Methods, readableChat } from './context.ts'

const MOST_COMMANDS = 100

export const profileMethods = {
  setMyCommands: ({ world }, params) => {
    if (params.commands.length > MOST_COMMANDS) throw misused('BOT_COMMANDS_TOO_MUCH')
    const key = keyFor(world, params)
    world.profile.commands.set(key, params.commands)
    menuChanged(world)
    return true
  },

  deleteMyCommands: ({ world }, params) => {
    world.profile.commands.delete(keyFor(world, params))
    menuChanged(world)
    return true
  },

  getMyCommands: ({ world }, params) => world.profile.commands.get(keyFor(world, params)) ?? [],

  setChatMenuButton: ({ world }, params) => {
    const button = params.menu_button ?? { type: 'default' }
    checkButton(button)
    const person = personFor(world, params.chat_id)
    world.profile.menuButtons.set(person, button)
    menuChanged(world, person === 'default' ? undefined : person)
    return true
  },

  getChatMenuButton: ({ world }, params) => {
    const { menuButtons } = world.profile
    const button = menuButtons.get(personFor(world, params.chat_id)) ?? menuButtons.get('default')
    return (button ?? { type: 'default' }) as TelegramMenuButton
  },

  setMyName: ({ world }, params) => setWords(world.profile.names, params.name, params),
  getMyName: ({ world }, params) => ({
    name: wordsIn(world.profile.names, params) || world.bot.firstName,
  }),

  setMyDescription: ({ world }, params) =>
    setWords(world.profile.descriptions, params.description, params),
  getMyDescription: ({ world }, params) => ({
    description: wordsIn(world.profile.descriptions, params),
  }),

  setMyShortDescription: ({ world }, params) =>
    setWords(world.profile.shortDescriptions, params.short_description, params),
  getMyShortDescription: ({ world }, params) => ({
    short_description: wordsIn(world.profile.shortDescriptions, params),
  }),
} satisfies Methods

function keyFor(world: World, params: { scope?: CommandScope; language_code?: string }): string {
  if (params.scope?.chat_id !== undefined) readableChat(world, params.scope.chat_id)
  return commandKey(params.scope, language(params))
}

function personFor(world: World, chat: number | undefined): number | 'default' {
  if (chat === undefined) return 'default'
  const place = readableChat(world, chat)
  if (place.kind !== 'bot') throw refused('chat_id must be a private chat')
  return place.person
}

function checkButton(button: TelegramMenuButton): void {
  if (button.type === 'web_app' && !isHttps(button.web_app.url)) {
    throw misused(
      `menu button Web App URL '${button.web_app.url}' is invalid: Only HTTPS links are allowed`,
    )
  }
}

/** Empty words fall back to those for everybody. */
function setWords(
  words: Map<string, string>,
  value: string | undefined,
  params: { language_code?: string },
): true {
  const code = language(params)
  if (value) words.set(code, value)
  else words.delete(code)
  return true
}

function wordsIn(words: Map<string, string>, params: { language_code?: string }): string {
  return words.get(language(params)) ?? words.get('') ?? ''
}

function language(params: { language_code?: string }): string {
  const code = params.language_code ?? ''
  if (!/^([a-z]{2})?$/.test(code)) throw misused('LANG_CODE_INVALID')
  return code
}
