import fastify from 'fastify'

import type { Built } from './server.ts'

/** What Fastify alone does: a small JSON body, no database. */
export async function hello(): Promise<Built> {
  const http = fastify()
  const schema = {
    response: { 200: { type: 'object', properties: { hello: { type: 'string' } } } },
  }
  http.get('/hello', { schema }, async () => ({ hello: 'world' }))
  return { http }
}
