import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'

import type { Order, Session, Share, Voucher } from '../api/answers.ts'
import type { Api } from '../api/api.ts'
import type { Settings } from '../api/me-api.ts'
import { type Opened, openToken } from '../api/open-token.ts'
import type { Redemption } from '../api/shop-answers.ts'
import type { Telegram } from '../telegram/telegram.ts'
import { type Words, wordsIn } from '../words/words.ts'
import { createLoading, type Loading } from './loading.ts'
import { remembered } from './remember.ts'
import { createRouter, type Place, type Router } from './router.ts'
import { errandOf } from './start-param.ts'
import { createWorkplace, type Workplace } from './workplace.ts'

/** What all screens share, made once when the page opens. */
export type App = {
  telegram: Telegram
  api: Api
  router: Router
  words: ReadonlySignal<Words>
  session: Loading<Session>
  vouchers: Loading<Voucher[]>
  orders: Loading<Order[]>
  shares: Loading<Share[]>
  settings: Loading<Settings>
  /** The language chosen on this page, until the server says it by itself. */
  language: Signal<string | undefined>
  workplace: Workplace
  /** What was spent at this till since the page was opened, latest first. */
  spent: Signal<readonly Redemption[]>
  /** What the link holds that brought somebody here; never opened twice. */
  opened: Loading<Opened>
  /** One short line that passes by, such as "Copied". */
  note: ReadonlySignal<string>
  say: (note: string) => void
  /** Fetches again what has been looked at. */
  refresh: () => void
}

const NOTE_MS = 2200

export function createApp(telegram: Telegram, api: Api): App {
  const errand = errandOf(telegram.startParam, remembered('tab') === 'shop' ? 'shop' : 'vouchers')
  const session = createLoading(() => api.open())
  const language = signal<string | undefined>(undefined)
  const workplace = createWorkplace(
    api,
    computed(() => session.value.value?.roles ?? []),
  )
  const lists = {
    vouchers: createLoading(() => api.vouchers()),
    orders: createLoading(() => api.orders()),
    shares: createLoading(() => api.shares()),
  }
  return {
    telegram,
    api,
    session,
    ...lists,
    ...createNote(),
    router: createRouter(...placesOf(errand)),
    settings: createLoading(() => api.me.settings()),
    language,
    workplace,
    spent: signal([]),
    words: computed(() =>
      wordsIn(language.value ?? session.value.value?.customer.language ?? telegram.language),
    ),
    opened: createLoading(() => openToken(api, errand.kind === 'token' ? errand.token : '')),
    refresh: () => {
      const all = [...Object.values(lists), workplace.desk.value?.campaigns]
      for (const list of all) if (list?.value.value) void list.refresh()
    },
  }
}

/** The wallet lies behind whatever somebody was brought to. */
function placesOf(errand: ReturnType<typeof errandOf>): [Place, ...Place[]] {
  if (errand.kind === 'token') return [{ screen: 'vouchers' }, { screen: 'opened' }]
  const { screen } = errand
  switch (screen) {
    case 'receipt':
      return [{ screen: 'orders' }, { screen }]
    case 'campaigns':
    case 'numbers':
      return [{ screen: 'shop' }, { screen }]
    case 'settings':
      return [{ screen: 'vouchers' }, { screen }]
    default:
      return [{ screen }]
  }
}

function createNote(): Pick<App, 'note' | 'say'> {
  const note = signal('')
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    note,
    say: (text) => {
      clearTimeout(timer)
      note.value = text
      timer = setTimeout(() => {
        note.value = ''
      }, NOTE_MS)
    },
  }
}
