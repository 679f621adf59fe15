import type { AskServer } from './api.ts'

export type Settings = { language: 'en' | 'zh'; reminders: boolean; zone?: string | null }

/** What somebody may ask about themselves. */
export type MeApi = {
  settings: () => Promise<Settings>
  change: (settings: Partial<Settings>) => Promise<Settings>
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
    everything: () => ask({ method: 'GET', path: '/v1/me/export' }),
    losses: () => ask({ method: 'GET', path: '/v1/me/erasure' }),
    erase: async () => {
      await ask({ method: 'POST', path: '/v1/me/erasure', body: { confirm: true } })
    },
  }
}
