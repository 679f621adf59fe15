import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { isReachable } from '../../store/outbox.ts'
import { claimShare } from '../../usecases/claim-share.ts'
import { chatLinkOf } from '../../usecases/links-of.ts'
import { drawClaimAlert } from '../draw/claim.ts'
import type { BotContext } from '../visit.ts'
import { notePost } from './inline.ts'

/**
 * Claims from the button under a share, without a page: the answer is an alert with the code in it.
 * Whoever has theirs and cannot be written to is led into the bot's chat by a second tap, where the
 * voucher is kept.
 * @patent 1 10
 */
export function claimButtonFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.action(/^c:(?<reference>[\w-]{22})$/, async (ctx) => {
    const { t, answer, personId } = ctx.visit
    const reference = ctx.match.groups?.['reference'] ?? ''
    const claimed = await claimShare(app, { personId, by: { kind: 'reference', reference } })
    const reachable = claimed.voucher === undefined || (await isReachable(app.db, personId))

    if (claimed.result === 'repeated' && !reachable)
      await answer({ url: chatLinkOf(app.bot, reference) })
    else await answer({ text: drawClaimAlert(t, claimed, reachable), show_alert: true })
    const postId = ctx.callbackQuery.inline_message_id
    if (postId) await notePost(app, reference, postId)
  })
  return composer
}
