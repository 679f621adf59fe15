import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import { type Api, createApi } from '../../../src/miniapp/api/api.ts'

export type Seen = { method: string; path: string; session: string | undefined; body: unknown }
export type Answer = {
  status?: number
  headers?: Record<string, string>
  body?: unknown
  html?: string
}

/** A server on this machine that notes what it is asked, and an API that talks to it without pausing. */
export async function answeringServer(
  answer: (seen: Seen, nth: number) => Answer | Promise<Answer>,
  deadlineMs = 10_000,
) {
  const seen: Seen[] = []
  const pauses: number[] = []
  const server = createServer((request, response) => void respond(request, response))

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request)
    seen.push(asked)
    const { status = 200, headers, body, html } = await answer(asked, seen.length)
    response.writeHead(status, {
      'content-type': html ? 'text/html' : 'application/json',
      ...headers,
    })
    response.end(html ?? JSON.stringify(body))
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const wait = async (milliseconds: number) => void pauses.push(milliseconds)
  const api: Api = createApi('signed by Telegram', { base, deadlineMs, wait })
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { api, seen, pauses, close, [Symbol.asyncDispose]: close }
}

export function problem(status: number, code: string, headers?: Record<string, string>): Answer {
  const body = { type: 'about:blank', title: 'No.', status, code }
  return { status, body, headers: { 'content-type': 'application/problem+json', ...headers } }
}

/** Answers the trade of initData with `session-1`, `session-2` and so on. */
export function sessions(): (seen: Seen) => Answer | undefined {
  let traded = 0
  return ({ path }) => {
    if (path !== '/v1/session') return undefined
    return {
      body: {
        session: `session-${++traded}`,
        customer: { personId: 'telegram:42', language: 'en' },
      },
    }
  }
}

async function read(request: IncomingMessage): Promise<Seen> {
  const body = await text(request)
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    session: request.headers.authorization,
    body: body === '' ? undefined : JSON.parse(body),
  }
}
