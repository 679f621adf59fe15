import type { Bot } from '../context.ts'
import type { ShareLinks } from '../domain/views.ts'
import { startParamOf } from '../tokens/tokens.ts'

/** Where a share's link leads. The token stands in the Mini App's link, its reference in the chat's. @patent 1 6 */
export function shareLinksOf(
  bot: Bot,
  publicUrl: string,
  share: { reference: string; token: string },
): ShareLinks {
  return {
    ...(bot.appName && {
      app: `https://t.me/${bot.username}/${bot.appName}?startapp=${startParamOf(share.token)}`,
    }),
    chat: chatLinkOf(bot, share.reference),
    page: `${publicUrl}/s/${share.token}`,
  }
}

/** The link that opens the Mini App at one of its pages, where there is one. */
export function appLinkOf(bot: Bot, page: string): string | undefined {
  return bot.appName && `https://t.me/${bot.username}/${bot.appName}?startapp=${page}`
}

/** The link that opens the bot's chat with a reference. */
export function chatLinkOf(bot: Bot, reference: string): string {
  return `https://t.me/${bot.username}?start=${reference}`
}
