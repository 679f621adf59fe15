import { createHmac } from 'node:crypto'
import { Impossible } from '../refusals.ts'
import type { World } from '../world.ts'

/** Where messages stand: a person's chat with the bot, a group, or a chat of two people. */
export type Place =
  | { kind: 'bot'; person: number }
  | { kind: 'group'; group: number }
  | { kind: 'dialog'; people: [number, number] }

/** The place that a person means by a chat id. */
export function placeOf(world: World, reader: number, chat: number): Place {
  if (!world.people.has(reader)) throw new Impossible(`There is no person ${reader}.`)
  if (chat === reader) return { kind: 'bot', person: reader }
  if (world.people.has(chat)) {
    return { kind: 'dialog', people: [Math.min(reader, chat), Math.max(reader, chat)] }
  }
  if (!world.groups.get(chat)?.members.has(reader)) {
    throw new Impossible(`Person ${reader} is in no chat ${chat}.`)
  }
  return { kind: 'group', group: chat }
}

export function keyOf(place: Place): string {
  if (place.kind === 'bot') return `bot:${place.person}`
  if (place.kind === 'group') return `group:${place.group}`
  return `dialog:${place.people.join(':')}`
}

/** The people who see what stands there. */
export function readersOf(world: World, place: Place): number[] {
  if (place.kind === 'bot') return [place.person]
  if (place.kind === 'dialog') return place.people
  const members = world.groups.get(place.group)?.members.keys() ?? []
  return [...members].filter((id) => id !== world.bot.id)
}

/** The place's chat id, from one reader's point of view. */
export function chatIdFor(place: Place, reader: number): number {
  if (place.kind === 'bot') return place.person
  if (place.kind === 'group') return place.group
  return place.people[0] === reader ? place.people[1] : place.people[0]
}

/** Does the bot read along? Between two people never, in a group as a member. */
export function botIsIn(world: World, place: Place): boolean {
  if (place.kind === 'dialog') return false
  if (place.kind === 'bot') return true
  return world.groups.get(place.group)?.members.has(world.bot.id) ?? false
}

/**
 * The number that stands for a chat without naming it. Nobody has verified that Telegram gives the
 * same one in callbacks and in initData, so here they differ.
 */
export function chatInstance(world: World, place: Place, use: 'callback' | 'webapp'): string {
  const digest = createHmac('sha256', world.bot.token)
    .update(`${use} ${keyOf(place)}`)
    .digest()
  return digest.readBigInt64BE().toString()
}
