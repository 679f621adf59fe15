import type { Why } from './answers.ts'
import type { AskServer } from './api.ts'

export type Settings = {
  language: 'en' | 'zh'
  reminders: boolean
  /** Off: nothing of what is known of somebody decides what they get. */
  personal: boolean
  zone?: string | null
}

/** What somebody may ask about themselves. */
export type MeApi = {
  settings: () => Promise<Settings>
  change: (settings: Partial<Settings>) => Promise<Settings>
  /** Why they got a voucher of theirs. */
  whyVoucher: (voucherId: string) => Promise<Why>
  /** Why the first offer for an order of theirs came first. */
  whyOffer: (orderId: string) => Promise<Why>
  /** Everything that is kept about this person. */
  everything: () => Promise<object>
  losses: () => Promise<Losses>
  erase: () => Promise<void>
}

/** What would be gone after an erasure: vouchers that are not spent, and shops without an owner. */
export type Losses = { vouchers: number; shares: number; leftAlone: { merchantName: string }[] }

export function createMeApi(ask: AskServer): MeApi {
  return {
    settings: () => ask({ method: 'GET', path: '/v1/me/settings' }),
    change: (body) => ask({ method: 'PATCH', path: '/v1/me/settings', body }),
    whyVoucher: (voucherId) => ask({ method: 'GET', path: `/v1/me/vouchers/${voucherId}/why` }),
    whyOffer: (orderId) => ask({ method: 'GET', path: `/v1/me/orders/${orderId}/why` }),
    everything: () => ask({ method: 'GET', path: '/v1/me/export' }),
    losses: () => ask({ method: 'GET', path: '/v1/me/erasure' }),
    erase: async () => {
      await ask({ method: 'POST', path: '/v1/me/erasure', body: { confirm: true } })
    },
  }
}
