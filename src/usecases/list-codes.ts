import type { AppContext } from '../context.ts'
import { batchesOf, batchOf, type CodeBatch } from '../store/codes.ts'

/** How far a batch of codes has come. */
export function codeBatchOf(
  app: AppContext,
  merchantId: string,
  batchId: string,
): Promise<CodeBatch | undefined> {
  return batchOf(app.db, merchantId, batchId)
}

/** A merchant's newest batches of codes. */
export function codeBatchesOf(app: AppContext, merchantId: string): Promise<CodeBatch[]> {
  return batchesOf(app.db, merchantId)
}
