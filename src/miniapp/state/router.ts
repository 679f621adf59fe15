import { computed, type ReadonlySignal, signal } from '@preact/signals'

import type { Offer, Order, Share, Voucher } from '../api/answers.ts'
import type { Campaign, Redemption } from '../api/shop-answers.ts'

/** The last one is for staff only. */
export const TABS = ['vouchers', 'orders', 'shares', 'shop'] as const
export type Tab = (typeof TABS)[number]

/** Where somebody is. What a screen was opened with goes along, so it has something to show at once. */
export type Place =
  | { screen: Tab }
  | { screen: 'opened' }
  | { screen: 'receipt' }
  | { screen: 'voucher'; voucher: Voucher }
  | { screen: 'order'; order: Order; offers?: Offer[] }
  | { screen: 'share'; share: Share }
  | { screen: 'settings' | 'erased' }
  | { screen: 'till'; code: string }
  | { screen: 'spent'; redemption: Redemption }
  | { screen: 'campaigns' | 'new-campaign' | 'numbers' | 'matching' }
  | { screen: 'campaign' | 'change' | 'add-kind' | 'changes'; campaign: Campaign }
  | { screen: 'preview'; campaignId: string }

export type Router = {
  readonly here: ReadonlySignal<Place>
  readonly mayGoBack: ReadonlySignal<boolean>
  go: (place: Place) => void
  /** Goes there instead of here: back leads to where it led before. */
  replace: (place: Place) => void
  /** A tab has nothing behind it. */
  switchTo: (tab: Tab) => void
  /** Goes there for good: nothing is behind it. */
  leave: (place: Place) => void
  back: () => void
}

/** Kept in memory: the page's address belongs to Telegram, which keeps its launch data there. */
export function createRouter(...start: [Place, ...Place[]]): Router {
  const stack = signal<readonly Place[]>(start)
  const first = start[0]
  return {
    here: computed(() => stack.value.at(-1) ?? first),
    mayGoBack: computed(() => stack.value.length > 1),
    go: (place) => {
      stack.value = [...stack.value, place]
    },
    replace: (place) => {
      stack.value = [...stack.value.slice(0, -1), place]
    },
    switchTo: (tab) => {
      stack.value = [{ screen: tab }]
    },
    leave: (place) => {
      stack.value = [place]
    },
    back: () => {
      if (stack.value.length > 1) stack.value = stack.value.slice(0, -1)
    },
  }
}
