import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Logged } from '../store/campaign-changes.ts'
import { changeByRequest } from '../store/change-log.ts'
import { hashOfRequest } from './request-hash.ts'

/** Who asks for a change, and the request that it answers: asked again, it changes nothing more. */
export type Asked = {
  merchantId: string
  /** `telegram:42` or `cli`; left out: the merchant's own system, `api`. */
  by?: string | undefined
  requestId?: string | undefined
}

/** The row that a change of this will leave in the log. */
export function loggedOf({ by = 'api', requestId }: Asked, what: readonly unknown[]): Logged {
  return { changeId: newId('chg'), by, requestId, requestHash: hashOfRequest(what) }
}

/**
 * Whether this request has made its change before.
 *
 * @throws AppError when it has made another one
 */
export async function wasChangedBefore(
  app: AppContext,
  { merchantId, requestId }: Asked,
  { requestHash }: Logged,
): Promise<boolean> {
  const first = requestId && (await changeByRequest(app.db, merchantId, requestId))
  if (!first) return false
  if (first.requestHash === requestHash) return true
  throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This request was used for something else.')
}
