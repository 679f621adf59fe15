import type { AppContext } from '../context.ts'
import type { ShareLinks, ShareView } from '../domain/views.ts'
import { newId, newReference } from '../ids.ts'
import { hashOfSeed, newSeed } from '../seed.ts'
import { digestOf } from '../store/links.ts'
import { isRunning } from '../store/offers.ts'
import { orderOf } from '../store/orders.ts'
import { addShare, closeShare, type StoredShare, shareOf } from '../store/shares.ts'
import { resolveReference } from './resolve-reference.ts'
import { shareWithLinks } from './share-view.ts'

export type ShareRequest = {
  personId: string
  order: { reference: string } | { merchantId: string; orderId: string }
  offerId: string
}

export type ShareRefusal =
  | 'not_holder'
  | 'order_cancelled'
  | 'unknown_offer'
  /** Its campaign is paused, stopped, over or has not begun. */
  | 'not_running'
  /** Somebody has claimed from a share of it that has ended. */
  | 'spent'

export type ShareResult =
  | { outcome: 'shared'; share: ShareView; links: ShareLinks }
  | { outcome: 'refused'; reason: ShareRefusal }

/**
 * Shares an offer from one's order: a link with a token of the share. Pressing again gives the same
 * share as long as it lives. Only the holder of the order may; its share stays a draft until somebody
 * opens it.
 *
 * @patent 1 6
 */
export async function shareOffer(app: AppContext, request: ShareRequest): Promise<ShareResult> {
  const at = await placeOf(app, request.order)
  const order = at && (await orderOf(app.db, at.merchantId, at.orderId))
  if (!order || order.holderId !== request.personId)
    return { outcome: 'refused', reason: 'not_holder' }
  if (order.status === 'cancelled') return { outcome: 'refused', reason: 'order_cancelled' }

  const share = await shareAlive(app, order.merchantId, order.orderId, request)
  if (!share) {
    return {
      outcome: 'refused',
      reason: await whyNotShared(app, order.merchantId, request.offerId),
    }
  }
  return { outcome: 'shared', ...(await shareWithLinks(app, share)) }
}

async function placeOf(app: AppContext, order: ShareRequest['order']) {
  if (!('reference' in order)) return order
  const target = await resolveReference(app, order.reference)
  return target?.kind === 'order'
    ? { merchantId: target.merchantId, orderId: target.targetId }
    : undefined
}

// A second press at the same moment sees the first one's share when it asks again; a share that is due
// but not closed yet is closed here, so that it does not stand in the way of a new one.
async function shareAlive(
  app: AppContext,
  merchantId: string,
  orderId: string,
  { personId, offerId }: ShareRequest,
): Promise<StoredShare | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const seed = newSeed()
    const reference = newReference()
    const shareId = await addShare(app.db, merchantId, {
      id: newId('shr'),
      orderId,
      offerId,
      sharerId: personId,
      seed,
      seedHash: hashOfSeed(seed),
      reference,
      referenceDigest: digestOf(reference),
    })
    const share = shareId && (await shareOf(app.db, merchantId, shareId))
    if (share && share.status !== 'expired') return share
    if (share) await closeShare(app.db, merchantId, share.shareId, 'expired')
  }
  return undefined
}

async function whyNotShared(
  app: AppContext,
  merchantId: string,
  offerId: string,
): Promise<ShareRefusal> {
  const running = await isRunning(app.db, merchantId, offerId)
  if (running === undefined) return 'unknown_offer'
  return running ? 'spent' : 'not_running'
}
