import type { TelegramInlineQueryResultArticle } from '@gramio/types'
import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import type { ShareLinks, ShareView } from '../../domain/views.ts'
import { addPost } from '../../store/share-posts.ts'
import { sharesOf } from '../../usecases/list-shares.ts'
import { resolveReference } from '../../usecases/resolve-reference.ts'
import { shareOffer } from '../../usecases/share-offer.ts'
import { BotApiError, call } from '../call.ts'
import { drawShare, drawState, isOpen } from '../draw/share.ts'
import { contentOf } from '../message.ts'
import type { Texts } from '../texts.ts'
import type { BotContext } from '../visit.ts'

const MOST_RESULTS = 20

/**
 * Inline mode: the way of a share into a chat where the bot is not. Results are personal and never
 * cached, or one person's share would be given to another.
 * @patent 1
 */
export function inlineFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('inline_query', async (ctx) => {
    const { t, personId } = ctx.visit
    const results = await articlesFor(app, t, personId, ctx.inlineQuery.query.trim())
    await answerQuery(app, ctx, results)
  })
  composer.on('chosen_inline_result', async (ctx) => {
    const { result_id, inline_message_id } = ctx.chosenInlineResult
    if (inline_message_id) await notePost(app, result_id.slice(2), inline_message_id)
  })
  return composer
}

/** Remembers where a share stands, so that its post is kept up to date. */
export async function notePost(app: AppContext, reference: string, postId: string): Promise<void> {
  const target = await resolveReference(app, reference)
  if (target?.kind !== 'share') return
  await addPost(app.db, { merchantId: target.merchantId, shareId: target.targetId, postId })
}

/** A share as an inline result: choosing it posts the share. */
function shareArticle(
  t: Texts,
  share: ShareView,
  links: ShareLinks,
): TelegramInlineQueryResultArticle {
  const { text, ...options } = contentOf(drawShare(t, share, links))
  const { reply_markup, ...formatting } = options
  return {
    type: 'article',
    id: `s:${share.reference}`,
    title: share.offer.title,
    description: t.plain('inline-description', {
      merchant: share.merchantName,
      left: drawState(t, share),
    }),
    input_message_content: { message_text: text, ...formatting },
    ...(reply_markup && { reply_markup }),
  }
}

/**
 * One's open shares, or the one that the query asks for: by its reference, or by an order's and an
 * offer. Of what is others' nothing.
 */
async function articlesFor(
  app: AppContext,
  t: Texts,
  personId: string,
  query: string,
): Promise<TelegramInlineQueryResultArticle[]> {
  if (query === '' || /^[\w-]{22}$/.test(query)) {
    const shares = (await sharesOf(app, personId))
      .filter((share) => isOpen(share) && (query === '' || share.reference === query))
      .slice(0, MOST_RESULTS)
    return shares.map(({ links, ...share }) => shareArticle(t, share, links))
  }
  const { reference, offerId } =
    /^(?<reference>[\w-]{22}) (?<offerId>off_\w{1,40})$/.exec(query)?.groups ?? {}
  if (!reference || !offerId) return []
  const result = await shareOffer(app, { personId, order: { reference }, offerId })
  return result.outcome === 'shared' ? [shareArticle(t, result.share, result.links)] : []
}

async function answerQuery(
  app: AppContext,
  ctx: BotContext,
  results: TelegramInlineQueryResultArticle[],
): Promise<void> {
  const { t } = ctx.visit
  const words = t.plain(ctx.inlineQuery?.query.trim() === '' ? 'inline-mine' : 'inline-yours')
  try {
    await call(ctx.telegram, 'answerInlineQuery', {
      inline_query_id: ctx.inlineQuery?.id ?? '',
      results,
      is_personal: true,
      cache_time: 0,
      ...(results.length === 0 || ctx.inlineQuery?.query.trim() === ''
        ? { button: { text: words, start_parameter: 'orders' } }
        : {}),
    })
  } catch (error) {
    // Too late for this one; the next letter that is typed asks again.
    if (!(error instanceof BotApiError)) throw error
    app.log.info({ err: error }, 'inline query not answered')
  }
}
