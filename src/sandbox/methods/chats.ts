import type { TelegramChatFullInfo } from '@gramio/types'
import { refused } from '../refusals.ts'
import { groupOf, memberOf } from '../world/groups.ts'
import { chatForBot } from '../world/messages.ts'
import { botUser } from '../world/people.ts'
import type { Place } from '../world/places.ts'
import type { World } from '../world.ts'
import { type Methods, readableChat } from './context.ts'

export const chatMethods = {
  getMe: ({ world }) => ({
    ...botUser(world),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: true,
  }),

  getChat: ({ world }, params) => fullInfo(world, readableChat(world, params.chat_id)),

  getChatMember: ({ world }, params) => {
    const place = readableChat(world, params.chat_id)
    if (place.kind !== 'group') throw refused('there are no administrators in the private chat')
    const group = groupOf(world, place.group)
    const isKnown = world.people.has(params.user_id) || params.user_id === world.bot.id
    if (!isKnown) throw refused('user not found')
    // Others are shown for certain to administrators only; code must not rely on more.
    const maySee = group.members.get(world.bot.id) === 'administrator'
    if (!maySee && params.user_id !== world.bot.id) throw refused('member list is inaccessible')
    return memberOf(world, group, params.user_id)
  },

  getChatMemberCount: ({ world }, params) => {
    const place = readableChat(world, params.chat_id)
    return place.kind === 'group' ? groupOf(world, place.group).members.size : 2
  },
} satisfies Methods

function fullInfo(world: World, place: Place): TelegramChatFullInfo {
  return {
    ...chatForBot(world, place),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: NO_GIFTS,
  }
}

const NO_GIFTS = {
  unlimited_gifts: false,
  limited_gifts: false,
  unique_gifts: false,
  premium_subscription: false,
  gifts_from_channels: false,
}
