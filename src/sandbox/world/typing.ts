import { formatTyped } from '../format-text.ts'
import { Impossible } from '../refusals.ts'
import type { SimMessage, SimPerson, StartLink, TypedText, WriteAccess } from '../sim.ts'
import type { World } from '../world.ts'
import { tell } from './events.ts'
import { setMember } from './groups.ts'
import { addMessage, messageAt, messageForReader } from './messages.ts'
import { blockBot, personOf } from './people.ts'
import { placeOf } from './places.ts'

/** A person sends a text: to the bot, into a group, or to somebody else. */
export function typeText(world: World, typed: TypedText): SimMessage {
  const place = placeOf(world, typed.from, typed.chat)
  const person = personOf(world, typed.from)
  if (place.kind === 'bot' && (!person.started || person.blocked)) {
    if (!typed.text.startsWith('/start')) throw new Impossible('First press Start.')
    start(world, person)
  }
  if (typed.replyTo !== undefined && !messageAt(world, place, typed.replyTo)) {
    throw new Impossible('There is no message to reply to.')
  }
  const message = addMessage(world, {
    place,
    from: typed.from,
    text: formatTyped(typed.text),
    ...(typed.replyTo === undefined ? {} : { replyTo: typed.replyTo }),
  })
  return messageForReader(world, message, typed.from)
}

/** Presses Start, bare or behind a `t.me/<bot>?start=` or `?startgroup=` link. */
export function pressStart(world: World, link: StartLink): SimMessage {
  const payload = link.payload ?? ''
  if (!/^[\w-]{0,64}$/.test(payload)) throw new Impossible('Not a legal start value.')
  if (link.group !== undefined) return startInGroup(world, link.from, link.group, payload)
  start(world, personOf(world, link.from))
  const text = payload ? `/start ${payload}` : '/start'
  return typeText(world, { from: link.from, chat: link.from, text })
}

/** `?startgroup=`: the bot is added, and told by a command that is meant for it. */
function startInGroup(world: World, from: number, group: number, payload: string): SimMessage {
  placeOf(world, from, group)
  setMember(world, group, { member: world.bot.id, status: 'member', by: from })
  const command = `/start@${world.bot.username}`
  return typeText(world, { from, chat: group, text: payload ? `${command} ${payload}` : command })
}

/** Allows the bot to write, from inside the Mini App. */
export function allowWriting(world: World, access: WriteAccess): SimPerson {
  const person = personOf(world, access.from)
  if (person.started && !person.blocked) return person
  start(world, person)
  addMessage(world, {
    place: { kind: 'bot', person: person.id },
    from: person.id,
    service: {
      words: `${person.first_name} allowed messages`,
      fields: { write_access_allowed: { from_request: true } },
    },
  })
  return person
}

function start(world: World, person: SimPerson): void {
  if (person.blocked) blockBot(world, person.id, false)
  person.started = true
  world.met.add(person.id)
  tell(world, { kind: 'people' })
}
