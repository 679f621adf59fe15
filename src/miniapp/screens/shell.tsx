import type { ComponentChildren } from 'preact'
import { useEffect, useErrorBoundary } from 'preact/hooks'

import { asProblem } from '../api/problem.ts'
import { Skeleton } from '../parts/skeleton.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { type Place, TABS } from '../state/router.ts'
import { useApp, useFresh, useOnReturn, useWords } from '../state/use-app.ts'
import { ErasedScreen } from './erased.tsx'
import { later } from './later.tsx'
import { OpenedScreen } from './opened.tsx'
import { OrderScreen } from './order.tsx'
import { OrdersScreen } from './orders.tsx'
import { ReceiptScreen } from './receipt.tsx'
import { SettingsScreen } from './settings.tsx'
import { ShareScreen } from './share.tsx'
import { SharesScreen } from './shares.tsx'
import { useKeptScroll } from './use-kept-scroll.ts'
import { VoucherScreen } from './voucher.tsx'
import { VouchersScreen } from './vouchers.tsx'

const StaffScreen = later(async () => (await import('./staff.tsx')).StaffScreen)

/** The page: signs in, shows the screen that somebody is on, and the tabs where there is nothing behind it. */
export function Shell() {
  const { router, note, session, refresh } = useApp()
  const { locale } = useWords()
  const here = router.here.value
  const tab = TABS.find((name) => name === here.screen)
  useBackButton()
  useOnReturn(refresh)
  useKeptScroll(here)
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  return (
    <>
      <main class={`page ${tab ? 'page--tabs' : ''}`}>
        <SignedIn shape={tab ? 'list' : 'ticket'}>
          <Screen place={here} />
        </SignedIn>
      </main>
      {tab && session.value.value && <Tabs current={tab} />}
      <div class="note" role="status" data-shown={note.value !== ''}>
        {note.value}
      </div>
    </>
  )
}

function SignedIn({ shape, children }: { shape: 'list' | 'ticket'; children: ComponentChildren }) {
  const { session } = useApp()
  const [failure, tryAgain] = useErrorBoundary()
  useFresh(session)
  const problem = session.problem.value
  if (failure) return <Trouble isHead problem={asProblem(failure)} onRetry={tryAgain} />
  if (session.value.value) return <>{children}</>
  if (!problem) return <Skeleton shape={shape} isWhole />
  return (
    <Trouble
      isHead
      problem={problem}
      isBusy={session.isBusy.value}
      onRetry={() => void session.refresh()}
    />
  )
}

function Screen({ place }: { place: Place }) {
  switch (place.screen) {
    case 'vouchers':
      return <VouchersScreen />
    case 'orders':
      return <OrdersScreen />
    case 'shares':
      return <SharesScreen />
    case 'opened':
      return <OpenedScreen />
    case 'receipt':
      return <ReceiptScreen />
    case 'voucher':
      return <VoucherScreen voucher={place.voucher} />
    case 'order':
      return <OrderScreen order={place.order} offers={place.offers} />
    case 'share':
      return <ShareScreen share={place.share} />
    case 'settings':
      return <SettingsScreen />
    case 'erased':
      return <ErasedScreen />
    default:
      return <StaffScreen place={place} />
  }
}

function useBackButton(): void {
  const { telegram, router } = useApp()
  const mayGoBack = router.mayGoBack.value
  useEffect(() => {
    telegram.setBackButton(mayGoBack ? router.back : undefined)
  }, [telegram, router, mayGoBack])
}
