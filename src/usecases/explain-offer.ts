import type { AppContext } from '../context.ts'
import { explainToPerson, type WhyView } from '../domain/why.ts'
import { decisionOnOffers } from '../store/decisions.ts'
import { type Explained, explained } from './explain-voucher.ts'

/** Why the first offer that was shown for somebody's order came first. @patent 3 */
export async function explainOffer(
  app: AppContext,
  request: { orderId: string; personId: string },
): Promise<Explained<WhyView>> {
  return explained(await decisionOnOffers(app.db, request), explainToPerson)
}
