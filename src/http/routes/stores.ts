import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { ForMerchant } from '../fields.ts'
import { Store } from '../schemas.ts'
import type { Server } from '../server.ts'
import { merchantIdOf } from '../who.ts'

/** A merchant's stores: a cashier chooses the one of the till. */
export function storeRoutes(server: Server, app: AppContext): void {
  server.get(
    '/v1/stores',
    {
      schema: {
        tags: ['staff'],
        querystring: ForMerchant,
        response: { 200: Type.Object({ stores: Type.Array(Store) }) },
      },
    },
    async (request) => ({ stores: await listStores(app, merchantIdOf(request)) }),
  )
}
