import type { SimMessage } from '../../sim.ts'
import { type Desk, fullName, groupOf, membersOf, personOf } from '../state/desk.ts'

/** A chat in a person's list. */
export interface ListedChat {
  chat: number
  last: SimMessage | undefined
  unread: number
}

/** How a chat presents itself to one of its people. */
export interface Face {
  id: number
  name: string
  about: string
}

/** The chat with the bot, the person's groups, and the people they have written with. */
export function chatsOf(desk: Desk, person: number): ListedChat[] {
  const world = desk.world.value
  const groups = (world?.groups ?? []).filter((group) => group.members.includes(person))
  const others = (world?.people ?? []).filter((other) => other.id !== person)
  const listed = (chat: number): ListedChat => {
    const { messages, unread } = desk.threads.open(person, chat).value
    return { chat, last: messages?.at(-1), unread }
  }
  const always = [person, ...groups.map((group) => group.id)].map(listed)
  const written = others.map((other) => listed(other.id)).filter((one) => one.last !== undefined)
  return [...always, ...written].toSorted((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0))
}

export function faceOf(desk: Desk, person: number, chat: number): Face {
  const bot = desk.world.value?.bot
  if (chat === person && bot) return { id: bot.id, name: bot.first_name, about: 'bot' }
  const group = groupOf(desk, chat)
  if (group) {
    const count = membersOf(desk, group).length
    return { id: chat, name: group.title, about: count === 1 ? '1 member' : `${count} members` }
  }
  const other = personOf(desk, chat)
  return {
    id: chat,
    name: other ? fullName(other) : 'Deleted account',
    about: 'last seen recently',
  }
}
