import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Server } from '../server.ts'

const Status = Type.Object({ status: Type.String() })

/** For whoever operates the server: alive, and ready to be sent people. */
export function operationRoutes(server: Server, app: AppContext): void {
  server.get(
    '/healthz',
    { schema: { tags: ['operation'], response: { 200: Status } }, config: { rateLimit: false } },
    async () => ({
      status: 'ok',
    }),
  )
  server.get(
    '/readyz',
    { schema: { tags: ['operation'], response: { 200: Status } }, config: { rateLimit: false } },
    async () => {
      if (!(await app.db.isAlive())) throw new AppError('ERR_BUSY', 'The database does not answer.')
      return { status: 'ready' }
    },
  )
}
