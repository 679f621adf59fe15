import type { AppContext } from '../context.ts'
import { shareOf, slotsOf } from '../store/shares.ts'

export type ShareProof = {
  shareId: string
  status: string
  /** SHA-256 of the seed, known from the beginning. */
  seedHash: string
  /** The seed and the amounts by position, once the share is over. */
  seed?: string
  amountsMinor?: number[]
  potMinor?: number
  minMinor?: number
  maxMinor?: number
}

/** What anyone needs to repeat a share's random draw: the seed is revealed when the share is over. */
export async function proveShare(
  app: AppContext,
  merchantId: string,
  shareId: string,
): Promise<ShareProof | undefined> {
  const share = await shareOf(app.db, merchantId, shareId)
  if (!share) return undefined
  const { status, seedHash, seed, potMinor, drawMinMinor, drawMaxMinor } = share
  if (!share.isOver) return { shareId, status, seedHash }
  const amountsMinor = await slotsOf(app.db, merchantId, shareId)
  return {
    shareId,
    status,
    seedHash,
    seed,
    amountsMinor,
    ...(potMinor !== null && { potMinor }),
    ...(drawMinMinor !== null && { minMinor: drawMinMinor }),
    ...(drawMaxMinor !== null && { maxMinor: drawMaxMinor }),
  }
}
