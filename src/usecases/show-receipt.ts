import type { AppContext } from '../context.ts'
import { orderOf } from '../store/orders.ts'
import { chatLinkOf } from './links-of.ts'

export type ReceiptView = { merchantName: string; storeName: string; chat: string }

/**
 * What the page of a receipt's link may show on the open web, where nobody is known: whose receipt it
 * is and the link into the chat, nothing of the order. @patent 5
 */
export async function showReceipt(
  app: AppContext,
  token: string,
): Promise<ReceiptView | undefined> {
  const { merchantId, orderId } = await app.tokens.openQuery(token)
  const order = await orderOf(app.db, merchantId, orderId)
  return (
    order && {
      merchantName: order.merchantName,
      storeName: order.storeName,
      chat: chatLinkOf(app.bot, order.reference),
    }
  )
}
