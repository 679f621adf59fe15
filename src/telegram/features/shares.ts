import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { sharesOf } from '../../usecases/list-shares.ts'
import { revokeShare } from '../../usecases/revoke-share.ts'
import { drawShares, drawStopQuestion } from '../draw/share.ts'
import type { BotContext } from '../visit.ts'

/** /shares: what is left of each, and stopping one after a question. */
export function sharesFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.command('shares', async (ctx) => {
    const { t, say, personId } = ctx.visit
    say(drawShares(t, await sharesOf(app, personId)))
  })
  composer.action(/^(?<what>[xXk]):(?<reference>[\w-]{22})$/, async (ctx) => {
    const { what, reference = '' } = ctx.match.groups ?? {}
    if (what === 'X') return stop(app, ctx, reference)
    const { t, replace, answer, personId } = ctx.visit
    const share = (await sharesOf(app, personId)).find((one) => one.reference === reference)
    if (!share) return answer({ text: t.plain('share-not-yours') })
    const kept = { text: t.html('share-kept', { title: share.offer.title }) }
    replace(what === 'x' ? drawStopQuestion(t, share) : kept)
  })
  return composer
}

async function stop(app: AppContext, ctx: BotContext, reference: string): Promise<void> {
  const { t, replace, answer, personId } = ctx.visit
  const result = await revokeShare(app, { personId, reference })
  if (result.outcome === 'not_yours') return answer({ text: t.plain('share-not-yours') })
  const words = result.outcome === 'revoked' ? 'share-stopped' : 'share-over'
  replace({ text: t.html(words, { title: result.share.offer.title }) })
}
