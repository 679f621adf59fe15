import type { TelegramUser } from '@gramio/types'
import { Impossible } from '../refusals.ts'
import type { NewPerson, SimPerson } from '../sim.ts'
import type { World } from '../world.ts'
import { tell } from './events.ts'
import { queueUpdate } from './updates.ts'

const FIRST_PERSON = 1001

export function addPerson(world: World, person: NewPerson): SimPerson {
  const id = person.id ?? nextId(world)
  if (!Number.isSafeInteger(id) || id <= 0) throw new Impossible('A person has a positive id.')
  if (world.people.has(id) || id === world.bot.id) throw new Impossible(`There is already a ${id}.`)
  const added: SimPerson = {
    id,
    first_name: person.first_name,
    ...(person.last_name ? { last_name: person.last_name } : {}),
    ...(person.username ? { username: person.username } : {}),
    language_code: person.language_code ?? 'en',
    started: person.started ?? false,
    blocked: false,
  }
  world.people.set(id, added)
  if (added.started) world.met.add(id)
  tell(world, { kind: 'people' })
  return added
}

export function personOf(world: World, id: number): SimPerson {
  const person = world.people.get(id)
  if (!person) throw new Impossible(`There is no person ${id}.`)
  return person
}

/** A person, or the bot, as a User of the Bot API. */
export function userOf(world: World, id: number): TelegramUser {
  if (id === world.bot.id) return botUser(world)
  const person = personOf(world, id)
  return {
    id,
    is_bot: false,
    first_name: person.first_name,
    ...(person.last_name ? { last_name: person.last_name } : {}),
    ...(person.username ? { username: person.username } : {}),
    language_code: person.language_code,
  }
}

export function botUser(world: World): TelegramUser {
  const { id, username } = world.bot
  return {
    id,
    is_bot: true,
    first_name: world.profile.names.get('') ?? world.bot.firstName,
    username,
  }
}

/** Blocks or unblocks the bot, of which the bot is told. */
export function blockBot(world: World, id: number, blocked: boolean): SimPerson {
  const person = personOf(world, id)
  if (person.blocked === blocked) return person
  person.blocked = blocked
  const status = (isBlocked: boolean) => ({
    user: botUser(world),
    ...(isBlocked ? { status: 'kicked' as const, until_date: 0 } : { status: 'member' as const }),
  })
  queueUpdate(world, 'my_chat_member', {
    chat: { id, type: 'private', first_name: person.first_name },
    from: userOf(world, id),
    date: Math.floor(world.now().getTime() / 1000),
    old_chat_member: status(!blocked),
    new_chat_member: status(blocked),
  })
  tell(world, { kind: 'people' })
  return person
}

function nextId(world: World): number {
  return Math.max(FIRST_PERSON - 1, ...world.people.keys()) + 1
}
