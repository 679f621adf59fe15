import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'

import type { Server } from './server.ts'

/** Serves a built page from `dist/<name>` under a prefix. */
export async function serveFolder(server: Server, prefix: string, name: string): Promise<void> {
  const root = fileURLToPath(new URL(`../../dist/${name}/`, import.meta.url))
  if (!existsSync(root)) {
    server.log.warn({ page: name }, 'a page is not built: run `npm run build`')
    return
  }
  await server.register(fastifyStatic, {
    root,
    prefix,
    decorateReply: false,
    setHeaders: (reply, path) => {
      // built files carry a hash in their name; the page itself is asked for anew each time
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
}
