import type { Claimed, Order, QueriedOrder, Session, Share, Voucher } from './answers.ts'
import { createMeApi, type MeApi } from './me-api.ts'
import { ApiProblem, asProblem } from './problem.ts'
import { type Ask, type Line, send } from './send.ts'
import { createShopApi, type ShopApi } from './shop-api.ts'

/** How an order is named: by what a receipt's QR holds, or by what is printed beside it. @patent 5 */
export type OrderQuery =
  | { token: string }
  | { reference: string }
  | { orderId: string; storeId: string; pin: string }

/** Everything that the page asks the server. Whatever fails is an ApiProblem. */
export type Api = {
  open: () => Promise<Session>
  claim: (token: string) => Promise<Claimed>
  queryOrder: (query: OrderQuery) => Promise<QueriedOrder>
  orders: () => Promise<Order[]>
  vouchers: () => Promise<Voucher[]>
  shares: () => Promise<Share[]>
  shareOffer: (order: Order, offerId: string) => Promise<Share>
  share: (share: ShareId) => Promise<Share>
  revokeShare: (share: ShareId) => Promise<void>
  me: MeApi
  /** What staff do at one merchant. */
  at: (merchantId: string) => ShopApi
}

/** Sends one request with the session, and answers what the server answered. */
export type AskServer = <T>(asked: Ask) => Promise<T>

type ShareId = Pick<Share, 'shareId' | 'merchantId'>

type ShareReply = { share: Omit<Share, 'links'>; links: Share['links'] }

/** @param initData what Telegram signed; traded for a session at the first request */
export function createApi(initData: string, line: Line): Api {
  const call = createCaller(initData, line)
  const get = <T>(path: string) => call.ask<T>({ method: 'GET', path })
  const post = <T>(path: string, body: object) => call.ask<T>({ method: 'POST', path, body })
  return {
    open: call.session,
    claim: (token) => post('/v1/claims', { token }),
    queryOrder: (query) => post('/v1/orders/query', query),
    orders: async () => (await get<{ orders: Order[] }>('/v1/me/orders')).orders,
    vouchers: async () => (await get<{ vouchers: Voucher[] }>('/v1/me/vouchers')).vouchers,
    shares: async () => (await get<{ shares: Share[] }>('/v1/me/shares')).shares,
    shareOffer: async ({ merchantId, orderId }, offerId) =>
      withLinks(await post('/v1/shares', { orderId, offerId, merchantId })),
    share: async ({ shareId, merchantId }) =>
      withLinks(await get(`${pathOf(shareId)}?merchantId=${encodeURIComponent(merchantId)}`)),
    revokeShare: async ({ shareId, merchantId }) => {
      await post(`${pathOf(shareId)}/revoke`, { merchantId })
    },
    me: createMeApi(call.ask),
    at: (merchantId) => createShopApi(call.ask, merchantId),
  }
}

function withLinks({ share, links }: ShareReply): Share {
  return { ...share, links }
}

function pathOf(shareId: string): string {
  return `/v1/shares/${encodeURIComponent(shareId)}`
}

/** Trading the same initData again makes a session of the same age. */
const TOO_OLD = 'ERR_SESSION_TOO_OLD'

/**
 * Keeps the session. When it is refused, initData is traded once more, by one request for all who
 * wait; when that does not help either, the page has to be opened again from Telegram.
 */
function createCaller(initData: string, line: Line) {
  let current: Promise<Session> | undefined

  function session(): Promise<Session> {
    current ??= trade().catch((thrown: unknown) => {
      current = undefined
      throw thrown
    })
    return current
  }

  async function trade(): Promise<Session> {
    const ask: Ask = { method: 'POST', path: '/v1/session', body: { initData } }
    return (await send(line, ask)) as Session
  }

  async function ask<T>(asked: Ask): Promise<T> {
    const used = session()
    const first = await attempt<T>(asked, await used)
    if (!(first instanceof ApiProblem)) return first
    if (first.kind !== 'signed_out' || first.code === TOO_OLD) throw first
    if (current === used) current = undefined
    const second = await attempt<T>(asked, await session())
    if (second instanceof ApiProblem) throw second
    return second
  }

  /** The body's type is what the server's own schemas promise. */
  async function attempt<T>(asked: Ask, { session: bearer }: Session): Promise<T | ApiProblem> {
    try {
      return (await send(line, asked, bearer)) as T
    } catch (thrown) {
      return asProblem(thrown)
    }
  }

  return { session, ask }
}
