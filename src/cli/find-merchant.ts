import type { AppContext } from '../context.ts'
import { listMerchants } from '../usecases/list-merchants.ts'
import { listStores } from '../usecases/list-stores.ts'
import { CommandFailed } from './faults.ts'

export type FoundMerchant = Awaited<ReturnType<typeof listMerchants>>[number]
type FoundStore = Awaited<ReturnType<typeof listStores>>[number]

/** The merchant of that id; the failure says where ids are to be found. */
export async function findMerchant(app: AppContext, id: string): Promise<FoundMerchant> {
  const found = (await listMerchants(app)).find((merchant) => merchant.id === id)
  if (found) return found
  throw new CommandFailed(`There is no merchant ${id}. \`passalong merchants list\` has their ids.`)
}

/** The store that the merchant calls by that id; the failure names those there are. */
export async function findStore(
  app: AppContext,
  merchant: FoundMerchant,
  sourceId: string,
): Promise<FoundStore> {
  const stores = await listStores(app, merchant.id)
  const found = stores.find((store) => store.sourceId === sourceId)
  if (found) return found
  const known = stores.map((store) => store.sourceId).join(', ')
  throw new CommandFailed(
    `${merchant.name} has no store ${sourceId}${known ? `, only ${known}` : ''}. \`passalong stores add\` adds one.`,
  )
}
