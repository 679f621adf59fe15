import type { APIMethodParams, APIMethodReturn, APIMethods } from '@gramio/types'
import { forbidden, notPlayed, refused } from '../refusals.ts'
import { movedTo } from '../world/faults.ts'
import type { Upload } from '../world/files.ts'
import type { Place } from '../world/places.ts'
import type { World } from '../world.ts'

export interface CallContext {
  world: World
  /** Files of a multipart body, by the name of their part. */
  uploads: ReadonlyMap<string, Upload>
  /** Aborted when whoever called has gone. */
  signal: AbortSignal
}

export type MethodName = keyof APIMethods
export type Params<K extends MethodName> = NonNullable<APIMethodParams<K>>
export type Methods = {
  [K in MethodName]?: (
    context: CallContext,
    params: Params<K>,
  ) => APIMethodReturn<K> | Promise<APIMethodReturn<K>>
}

/** Fields that change what is sent in ways that the sandbox does not show. */
const NOT_PLAYED = [
  'business_connection_id',
  'message_thread_id',
  'direct_messages_topic_id',
  'ephemeral_message_parameters',
  'suggested_post_parameters',
  'rich_message',
]

export function refuseUnplayed(params: object): void {
  const field = NOT_PLAYED.find((name) => name in params)
  if (field) throw notPlayed(`the field ${field}`)
}

/** The chat that the bot wants to write to, if it may. */
export function writableChat(world: World, chat: number | string): Place {
  const place = readableChat(world, chat)
  if (place.kind !== 'bot') return place
  const person = world.people.get(place.person)
  if (person?.blocked) throw forbidden('bot was blocked by the user')
  if (!person?.started) throw forbidden("bot can't initiate conversation with a user")
  return place
}

/** The chat that the bot asks about: one it is in, or of a person it has met. */
export function readableChat(world: World, chat: number | string): Place {
  const id = Number(chat)
  if (id === 0 || !Number.isSafeInteger(id)) throw refused('chat not found')
  if (id > 0) {
    if (id === world.bot.id) throw forbidden("bot can't send messages to bots")
    if (!world.met.has(id)) throw refused('chat not found')
    return { kind: 'bot', person: id }
  }
  return groupPlace(world, id)
}

function groupPlace(world: World, id: number): Place {
  const group = world.groups.get(id)
  if (!group) throw refused('chat not found')
  if (group.migratedTo !== undefined) throw movedTo(group.migratedTo)
  if (group.removed.has(world.bot.id)) throw forbidden(`bot was kicked from the ${group.type} chat`)
  if (!group.members.has(world.bot.id)) {
    throw forbidden(`bot is not a member of the ${group.type} chat`)
  }
  return { kind: 'group', group: id }
}

export function chatIdOf(place: Place): number {
  if (place.kind === 'group') return place.group
  return place.kind === 'bot' ? place.person : place.people[0]
}
