import type { AppContext } from '../context.ts'
import type { OrderView } from '../domain/views.ts'
import { ordersOf as storedOrdersOf } from '../store/orders.ts'
import { orderView } from './query-order.ts'

/** A person's orders, newest first. */
export async function ordersOf(app: AppContext, personId: string): Promise<OrderView[]> {
  return (await storedOrdersOf(app.db, personId)).map(orderView)
}
