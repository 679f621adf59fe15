import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Server } from '../http/server.ts'
import { serveFolder } from '../http/static.ts'
import { CAST } from './demo/cast.ts'
import { receiptsOf } from './demo/receipts.ts'

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** The page at /sandbox/ and what it asks for: who plays, the receipts, and `/sim/*` of the simulated Telegram. */
export async function sandboxPages(
  server: Server,
  app: AppContext,
  apiRoot: string,
): Promise<void> {
  await server.register(async (pages: Server) => {
    // a page elsewhere whose name is made to point here must not play with the sandbox
    pages.addHook('onRequest', async ({ headers }) => {
      if (!LOOPBACK.test(headers.host ?? ''))
        throw new AppError('ERR_NOT_ALLOWED', 'The sandbox is for this machine only.')
    })
    await serveFolder(pages, '/sandbox/', 'sandbox')
    const route = { schema: { hide: true }, config: { rateLimit: false } } as const
    pages.get('/', route, async (_request, reply) => reply.redirect('/sandbox/'))
    pages.get('/sandbox', route, async (_request, reply) => reply.redirect('/sandbox/'))
    pages.get('/sandbox/receipts', route, async () => receiptsOf(app))
    pages.get('/sandbox/info', route, async () => ({
      links: { api: '/docs', miniApp: '/app/' },
      people: CAST.map(({ id, role, first_name }) => ({ id, role, name: first_name })),
    }))
    const closing = new AbortController()
    pages.addHook('preClose', async () => closing.abort())
    pages.all('/sim/*', route, async (request, reply) =>
      forward(apiRoot, request, reply, closing.signal),
    )
  })
}

/** Passes a request on to the simulated Telegram and streams its answer back, events included. */
async function forward(
  apiRoot: string,
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<FastifyReply> {
  const left = new AbortController()
  reply.raw.on('close', () => left.abort())
  const answer = await fetch(new URL(request.url, apiRoot), {
    method: request.method,
    signal: AbortSignal.any([left.signal, closing]),
    headers: {
      'content-type': 'application/json',
      ...(request.headers.origin && { origin: request.headers.origin }),
    },
    ...(request.body != null && { body: JSON.stringify(request.body) }),
  })
  reply.code(answer.status).type(answer.headers.get('content-type') ?? 'application/json')
  return reply.send(answer.body ? Readable.fromWeb(answer.body as ReadableStream) : '')
}
