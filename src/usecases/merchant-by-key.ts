import type { AppContext } from '../context.ts'
import { digestOf } from '../store/links.ts'
import { type Merchant, merchantOfKey } from '../store/merchants.ts'

/** The merchant that an API key belongs to. */
export async function merchantByKey(
  app: AppContext,
  apiKey: string,
): Promise<Merchant | undefined> {
  return merchantOfKey(app.db, digestOf(apiKey))
}
