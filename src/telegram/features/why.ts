import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import type { WhyView } from '../../domain/why.ts'
import { explainOffer } from '../../usecases/explain-offer.ts'
import { type Explained, explainVoucher } from '../../usecases/explain-voucher.ts'
import { resolveReference } from '../../usecases/resolve-reference.ts'
import { drawWhy } from '../draw/why.ts'
import type { BotContext } from '../visit.ts'

/** The buttons that ask why somebody got their voucher, and why an offer came first for their order. */
export function whyFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.action(/^why:(?<voucher>vch_\w{1,30})$/, async (ctx) => {
    const voucherId = ctx.match.groups?.['voucher'] ?? ''
    const { personId } = ctx.visit
    await tell(ctx, await explainVoucher(app, { voucherId, personId }), 'voucher-not-yours')
  })
  composer.action(/^why:(?<reference>[\w-]{22})$/, async (ctx) => {
    const target = await resolveReference(app, ctx.match.groups?.['reference'] ?? '')
    const orderId = target?.kind === 'order' ? target.targetId : ''
    const { personId } = ctx.visit
    await tell(ctx, await explainOffer(app, { orderId, personId }), 'order-gone')
  })
  return composer
}

async function tell(
  { visit: { t, say, answer } }: BotContext,
  explained: Explained<WhyView>,
  missing: string,
): Promise<void> {
  if (explained.outcome === 'explained') return say(drawWhy(t, explained.why))
  const words = explained.outcome === 'forgotten' ? 'why-forgotten' : missing
  await answer({ text: t.plain(words), show_alert: true })
}
