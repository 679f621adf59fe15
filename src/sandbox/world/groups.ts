import type { TelegramChat, TelegramChatMember } from '@gramio/types'
import { Impossible } from '../refusals.ts'
import type { GroupMember, NewGroup, SimGroup } from '../sim.ts'
import type { World } from '../world.ts'
import { tell } from './events.ts'
import { addMessage } from './messages.ts'
import { personOf, userOf } from './people.ts'
import { queueUpdate } from './updates.ts'

export interface Group {
  id: number
  title: string
  type: 'group' | 'supergroup'
  members: Map<number, 'member' | 'administrator'>
  /** Were in it before; the bot is told "kicked", not "not a member", when it was removed. */
  removed: Set<number>
  /** Set when it has become a supergroup. */
  migratedTo?: number
}

const FIRST_SUPERGROUP = -1_001_000_000_000

export function addGroup(world: World, group: NewGroup): SimGroup {
  const type = group.type ?? 'supergroup'
  const id = group.id ?? nextId(world, type)
  if (!Number.isSafeInteger(id) || id >= 0) throw new Impossible('A group has a negative id.')
  if (world.groups.has(id)) throw new Impossible(`There is already a group ${id}.`)
  const members = new Map(
    (group.members ?? []).map((one) => [personOf(world, one).id, 'member' as const]),
  )
  const added: Group = { id, title: group.title, type, members, removed: new Set() }
  world.groups.set(id, added)
  if (group.botIsMember) setMember(world, id, { member: world.bot.id, status: 'member' })
  tell(world, { kind: 'groups' })
  return simGroup(added)
}

/** Adds, promotes or removes a member; the bot is told what a bot would be told. */
export function setMember(world: World, groupId: number, change: GroupMember): SimGroup {
  const group = groupOf(world, groupId)
  const before = memberOf(world, group, change.member)
  const isNew = !group.members.has(change.member)
  applyChange(group, change)
  const after = memberOf(world, group, change.member)
  tellBot(world, group, change, before, after)
  if (isNew && change.status !== 'left') announceJoin(world, group, change.member)
  tell(world, { kind: 'groups' })
  return simGroup(group)
}

function applyChange(group: Group, { member, status }: GroupMember): void {
  if (status !== 'left') {
    group.members.set(member, status)
    group.removed.delete(member)
  } else if (group.members.delete(member)) group.removed.add(member)
}

/** The bot always hears of itself, of others as an administrator that asked for it. */
function tellBot(
  world: World,
  group: Group,
  change: GroupMember,
  before: TelegramChatMember,
  after: TelegramChatMember,
): void {
  const isBot = change.member === world.bot.id
  if (!isBot && group.members.get(world.bot.id) !== 'administrator') return
  const anybody = [...group.members.keys()].find((id) => id !== world.bot.id)
  const by = change.by ?? (isBot ? anybody : change.member)
  queueUpdate(world, isBot ? 'my_chat_member' : 'chat_member', {
    chat: chatOfGroup(group),
    from: userOf(world, by ?? world.bot.id),
    date: Math.floor(world.now().getTime() / 1000),
    old_chat_member: before,
    new_chat_member: after,
  })
}

export function groupOf(world: World, id: number): Group {
  const group = world.groups.get(id)
  if (!group) throw new Impossible(`There is no group ${id}.`)
  return group
}

export function simGroup(group: Group): SimGroup {
  const { id, title, type, members } = group
  const administrators = [...members].filter(([, status]) => status === 'administrator')
  return {
    id,
    title,
    type,
    members: [...members.keys()],
    administrators: administrators.map(([one]) => one),
  }
}

function chatOfGroup(group: Group): TelegramChat {
  return { id: group.id, type: group.type, title: group.title }
}

export function memberOf(world: World, group: Group, id: number): TelegramChatMember {
  const user = userOf(world, id)
  const status = group.members.get(id)
  if (status === 'administrator') return { status, user, ...ADMINISTRATOR }
  if (status === 'member') return { status, user }
  if (id === world.bot.id && group.removed.has(id)) return { status: 'kicked', user, until_date: 0 }
  return { status: 'left', user }
}

/** Turns a group into a supergroup with another id, and tells both chats. */
export function migrate(world: World, group: Group): number {
  const id = nextId(world, 'supergroup')
  const supergroup: Group = {
    ...group,
    id,
    type: 'supergroup',
    members: new Map(group.members),
    removed: new Set(),
  }
  world.groups.set(id, supergroup)
  const from = world.bot.id
  const note = { words: 'The group became a supergroup' }
  addMessage(world, {
    place: { kind: 'group', group: group.id },
    from,
    service: { ...note, fields: { migrate_to_chat_id: id } },
  })
  addMessage(world, {
    place: { kind: 'group', group: id },
    from,
    service: { ...note, fields: { migrate_from_chat_id: group.id } },
  })
  group.migratedTo = id
  tell(world, { kind: 'groups' })
  return id
}

function announceJoin(world: World, group: Group, id: number): void {
  const user = userOf(world, id)
  addMessage(world, {
    place: { kind: 'group', group: group.id },
    from: id,
    service: { words: `${user.first_name} joined the group`, fields: { new_chat_members: [user] } },
  })
}

function nextId(world: World, type: Group['type']): number {
  const base = type === 'group' ? -5_000 : FIRST_SUPERGROUP
  let id = base - 1
  while (world.groups.has(id)) id--
  return id
}

const ADMINISTRATOR = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_send_welcome_messages: false,
} as const
