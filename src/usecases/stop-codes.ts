import type { AppContext } from '../context.ts'
import { newId } from '../ids.ts'
import { batchOf, type CodeBatch, cancelBatch } from '../store/codes.ts'

/** Stops a batch of codes; what was made stays. Nothing when there is no such batch. */
export async function stopCodes(
  app: AppContext,
  {
    merchantId,
    batchId,
    by = 'api',
  }: { merchantId: string; batchId: string; by?: string | undefined },
): Promise<{ outcome: 'cancelled' | 'unchanged'; batch: CodeBatch } | undefined> {
  const cancelled = await cancelBatch(app.db, merchantId, batchId, { changeId: newId('chg'), by })
  const batch = await batchOf(app.db, merchantId, batchId)
  return batch && { outcome: cancelled ? 'cancelled' : 'unchanged', batch }
}
