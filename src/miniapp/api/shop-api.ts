import type { AskServer } from './api.ts'
import type {
  Campaign,
  Change,
  Dashboard,
  ExportOrder,
  ExportState,
  Matching,
  Preview,
  Redemption,
  Report,
  Store,
  Validation,
} from './shop-answers.ts'

/** What is asked at the till; amounts in minor units. */
export type Spending = { code: string; amountMinor?: number; orderMinor?: number; storeId?: string }

type Range = { from: string; to: string; campaignId?: string }

/** What staff may ask at one merchant. Every write takes an id that makes a repeat harmless. */
export type ShopApi = {
  merchantId: string
  stores: () => Promise<Store[]>
  validate: (spending: Spending) => Promise<Validation>
  redeem: (
    spending: Spending,
    requestId: string,
  ) => Promise<{ outcome: 'redeemed' | 'repeated'; redemption: Redemption }>
  undo: (redemptionId: string, requestId: string) => Promise<Redemption>
  campaigns: () => Promise<Campaign[]>
  createCampaign: (body: object, key: string) => Promise<string>
  addKind: (campaignId: string, body: object, key: string) => Promise<void>
  preview: (campaignId: string) => Promise<Preview>
  move: (campaignId: string, to: 'activate' | 'pause' | 'stop') => Promise<void>
  change: (campaignId: string, changes: object, key: string) => Promise<void>
  changeKind: (templateId: string, changes: object, key: string) => Promise<void>
  clone: (campaignId: string, key: string) => Promise<string>
  changes: (campaignId: string) => Promise<Change[]>
  dashboard: (range: Range) => Promise<Dashboard>
  matching: () => Promise<Matching>
  changeMatching: (changes: object, key: string) => Promise<void>
  resumeMatching: (point: Report['point'], key: string) => Promise<void>
  export: (order: ExportOrder, key: string) => Promise<string>
  exported: (exportId: string) => Promise<ExportState>
}

export function createShopApi(ask: AskServer, merchantId: string): ShopApi {
  const get = <T>(path: string, more: Record<string, string> = {}) =>
    ask<T>({ method: 'GET', path: `${path}?${new URLSearchParams({ merchantId, ...more })}` })
  const send = <T>(method: 'POST' | 'PATCH', path: string, body: object = {}, key?: string) =>
    ask<T>({ method, path, body: { ...body, merchantId }, ...(key && { key }) })
  const post = <T>(path: string, body?: object, key?: string) => send<T>('POST', path, body, key)
  const campaign = (id: string) => `/v1/campaigns/${encodeURIComponent(id)}`
  return {
    merchantId,
    stores: async () => (await get<{ stores: Store[] }>('/v1/stores')).stores,
    validate: (spending) => post('/v1/validations', spending),
    redeem: (spending, requestId) => post('/v1/redemptions', { ...spending, requestId }),
    undo: async (redemptionId, requestId) => {
      const path = `/v1/redemptions/${encodeURIComponent(redemptionId)}/rollbacks`
      return (await post<{ redemption: Redemption }>(path, { requestId })).redemption
    },
    campaigns: async () => (await get<{ campaigns: Campaign[] }>('/v1/campaigns')).campaigns,
    createCampaign: async (body, key) =>
      (await post<{ campaignId: string }>('/v1/campaigns', body, key)).campaignId,
    addKind: (id, body, key) => post(`${campaign(id)}/vouchers`, body, key),
    preview: (id) => get(`${campaign(id)}/preview`),
    move: (id, to) => post(`${campaign(id)}/${to}`),
    change: (id, changes, key) => send('PATCH', campaign(id), changes, key),
    changeKind: (id, changes, key) =>
      send('PATCH', `/v1/templates/${encodeURIComponent(id)}`, changes, key),
    clone: async (id, key) =>
      (await post<{ campaignId: string }>(`${campaign(id)}/clone`, {}, key)).campaignId,
    changes: async (id) => (await get<{ changes: Change[] }>(`${campaign(id)}/changes`)).changes,
    dashboard: (range) => get('/v1/dashboard', range),
    matching: () => get('/v1/matching'),
    changeMatching: (changes, key) => send('PATCH', '/v1/matching', changes, key),
    resumeMatching: (point, key) => post('/v1/matching/resume', { point }, key),
    export: async (order, key) =>
      (await post<{ exportId: string }>('/v1/exports', order, key)).exportId,
    exported: (id) => get(`/v1/exports/${encodeURIComponent(id)}`),
  }
}
