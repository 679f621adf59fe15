import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { touchPerson } from '../../usecases/touch-person.ts'
import type { BotContext } from '../visit.ts'

/** Notes who blocks the bot and who lets it write again. */
export function reachabilityFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('my_chat_member', async (ctx) => {
    if (ctx.chat.type !== 'private') return
    const reachable = ctx.myChatMember.new_chat_member.status === 'member'
    await touchPerson(app, {
      personId: ctx.visit.personId,
      language: ctx.from.language_code,
      reachable,
    })
  })
  return composer
}
