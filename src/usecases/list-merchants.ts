import type { AppContext } from '../context.ts'
import { allMerchants, type Merchant } from '../store/merchants.ts'

/** The merchants of this installation. */
export async function listMerchants(app: Pick<AppContext, 'db'>): Promise<Merchant[]> {
  return allMerchants(app.db)
}
