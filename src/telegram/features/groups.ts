import type { MiddlewareFn } from 'telegraf'

import type { AppContext } from '../../context.ts'
import type { BotContext } from '../visit.ts'

/** Whether an update is a group's talk that is not meant for the bot. Such a one is not even looked at. */
export function isGroupTalk(app: AppContext, ctx: Pick<BotContext, 'chat' | 'message'>): boolean {
  if (!ctx.message || ctx.chat?.type === 'private') return false
  const text = 'text' in ctx.message ? ctx.message.text : ''
  return !new RegExp(`^/\\w+@${app.bot.username}\\b`, 'i').test(text)
}

/** In groups the bot answers a command that names it with the way to its own chat, and nothing else. */
export function answerInGroups(app: AppContext): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (!ctx.message || ctx.chat?.type === 'private') return next()
    const { t, say } = ctx.visit
    say({
      text: t.html('group-hint'),
      replyTo: ctx.message.message_id,
      buttons: [
        [{ text: t.plain('button-private'), url: `https://t.me/${app.bot.username}?start=orders` }],
      ],
    })
  }
}
