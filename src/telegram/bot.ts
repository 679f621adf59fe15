import { Telegraf } from 'telegraf'

import type { AppContext } from '../context.ts'
import { claimButtonFeature } from './features/claim-button.ts'
import { answerInGroups, isGroupTalk } from './features/groups.ts'
import { inlineFeature } from './features/inline.ts'
import { languageFeature } from './features/language.ts'
import { ordersFeature } from './features/orders.ts'
import { privacyFeature } from './features/privacy.ts'
import { reachabilityFeature } from './features/reachability.ts'
import { sharesFeature } from './features/shares.ts'
import { startFeature } from './features/start.ts'
import { unknownFeature } from './features/unknown.ts'
import { vouchersFeature } from './features/vouchers.ts'
import { whyFeature } from './features/why.ts'
import { staffFeature } from './staff/staff-feature.ts'
import { type BotContext, visits } from './visit.ts'

/**
 * The bot: stateless, one feature per file, driven by `bot.handleUpdate(update)`. Who the bot is comes
 * from the context, so Telegraf never asks for it (one failed answer would spoil all later updates).
 */
export function createBot(app: AppContext): Telegraf<BotContext> {
  const bot = new Telegraf<BotContext>(app.bot.token, {
    telegram: { apiRoot: app.config.TELEGRAM_API_ROOT, webhookReply: false },
    // The inbox has the deadline.
    handlerTimeout: Number.POSITIVE_INFINITY,
  })
  bot.botInfo = {
    id: app.bot.id,
    is_bot: true,
    first_name: app.bot.username,
    username: app.bot.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: true,
  }
  // The inbox decides what a failure means.
  bot.catch((error) => {
    throw error
  })
  bot.use(async (ctx, next) => {
    if (!isGroupTalk(app, ctx)) await next()
  })
  bot.use(visits(app), answerInGroups(app))
  bot.use(claimButtonFeature(app), inlineFeature(app), reachabilityFeature(app))
  bot.use(
    startFeature(app),
    ordersFeature(app),
    sharesFeature(app),
    vouchersFeature(app),
    whyFeature(app),
    languageFeature(app),
    privacyFeature(app),
  )
  bot.use(staffFeature(app), unknownFeature())
  return bot
}
