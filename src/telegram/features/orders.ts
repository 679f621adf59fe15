import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { ordersOf } from '../../usecases/list-orders.ts'
import { type OrderAnswer, queryOrder } from '../../usecases/query-order.ts'
import { type AppPlace, drawOrder, drawOrders } from '../draw/order.ts'
import { drawForm } from '../draw/parts.ts'
import { FormError, readForm } from '../form.ts'
import type { BotContext } from '../visit.ts'

/** /orders, /order and the buttons that open an order. @patent 2 5 */
export function ordersFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.command('orders', (ctx) => showOrders(app, ctx))
  composer.command('order', async (ctx) => {
    const { t, say, personId } = ctx.visit
    const [orderId, storeId, pin, ...more] = wordsOf(ctx.payload)
    if (!orderId || !storeId || !pin || more.length > 0) {
      return say({ text: drawForm(t, 'order-form', 'order-example') })
    }
    const by = { kind: 'pin' as const, orderId, storeId, pin }
    showOrder(ctx, app.bot, await queryOrder(app, { personId, by }), 'order-not-found')
  })
  composer.action(/^o:(?<reference>[\w-]{22})$/, async (ctx) => {
    const by = { kind: 'reference' as const, reference: ctx.match.groups?.['reference'] ?? '' }
    const answer = await queryOrder(app, { personId: ctx.visit.personId, by })
    showOrder(ctx, app.bot, answer, 'order-gone')
  })
  return composer
}

/** Shows an order with its offers, or says in the given words that there is none. */
export function showOrder(
  ctx: BotContext,
  place: AppPlace,
  answer: OrderAnswer,
  notFound: string,
): void {
  const { t, say } = ctx.visit
  if (answer.outcome === 'shown') say(drawOrder(t, answer.order, answer.offers, place))
  else say({ text: t.html(answer.outcome === 'not_found' ? notFound : 'order-bound') })
}

export async function showOrders(app: AppContext, ctx: BotContext): Promise<void> {
  const { t, say, personId } = ctx.visit
  say(drawOrders(t, await ordersOf(app, personId)))
}

/** Order numbers may hold blanks, and then stand in quotation marks. */
function wordsOf(payload: string): readonly string[] {
  try {
    const { words, named } = readForm(payload)
    return named.size > 0 ? [] : words
  } catch (error) {
    if (error instanceof FormError) return []
    throw error
  }
}
