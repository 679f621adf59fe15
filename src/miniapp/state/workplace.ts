import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'

import type { Shop } from '../api/answers.ts'
import type { Api } from '../api/api.ts'
import type { Campaign, Store } from '../api/shop-answers.ts'
import type { ShopApi } from '../api/shop-api.ts'
import { createLoading, type Loading } from './loading.ts'
import { remember, remembered } from './remember.ts'

/** Where somebody works, and what is known there: of the shop they chose last, or their only one. */
export type Workplace = {
  readonly shops: ReadonlySignal<readonly Shop[]>
  readonly shop: ReadonlySignal<Shop | undefined>
  readonly desk: ReadonlySignal<Desk | undefined>
  choose: (merchantId: string) => void
}

/** What staff have before them at one merchant. */
export type Desk = {
  api: ShopApi
  campaigns: Loading<Campaign[]>
  stores: Loading<Store[]>
  /** The store where this till stands; empty: not said. */
  storeId: Signal<string>
  chooseStore: (storeId: string) => void
}

export function createWorkplace(api: Api, shops: ReadonlySignal<readonly Shop[]>): Workplace {
  const chosenId = signal(remembered('shop'))
  const shop = computed(
    () => shops.value.find(({ merchantId }) => merchantId === chosenId.value) ?? shops.value[0],
  )
  const merchantId = computed(() => shop.value?.merchantId)
  return {
    shops,
    shop,
    desk: computed(() => (merchantId.value ? createDesk(api.at(merchantId.value)) : undefined)),
    choose: (id) => {
      chosenId.value = id
      remember('shop', id)
    },
  }
}

function createDesk(api: ShopApi): Desk {
  const name = `store.${api.merchantId}`
  const storeId = signal(remembered(name) ?? '')
  return {
    api,
    campaigns: createLoading(api.campaigns),
    stores: createLoading(api.stores),
    storeId,
    chooseStore: (id) => {
      storeId.value = id
      remember(name, id)
    },
  }
}

/** What each role may do on the screens; the server decides it again every time. */
export function mayRedeem({ role }: Shop): boolean {
  return role !== 'analyst'
}

export function maySee({ role }: Shop): boolean {
  return role !== 'cashier'
}

export function mayRun({ role }: Shop): boolean {
  return role === 'owner' || role === 'manager'
}
