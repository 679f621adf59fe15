import { useEffect } from 'preact/hooks'

import type { Voucher } from '../api/answers.ts'
import { Button } from '../parts/button.tsx'
import { Head } from '../parts/head.tsx'
import { Icon } from '../parts/icon.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Notice } from '../parts/notice.tsx'
import { VoucherRow } from '../parts/voucher-row.tsx'
import { remember, remembered } from '../state/remember.ts'
import { sortVouchers } from '../state/sort-vouchers.ts'
import { useApp, useFresh, useWords } from '../state/use-app.ts'
import { ownZone } from '../state/zoned-day.ts'

/** The wallet: what can be spent, soonest to end first. What is used or over is folded away. */
export function VouchersScreen() {
  const vouchers = useFresh(useApp().vouchers)
  const { texts } = useWords()
  useToldZone()
  return (
    <>
      <Head title={texts.wallet.title} />
      <ToSettings />
      <Loaded from={vouchers} shape="list">
        {(all) => <Wallet vouchers={all} />}
      </Loaded>
    </>
  )
}

function ToSettings() {
  const { router } = useApp()
  const { settings: t } = useWords().texts
  return (
    <button
      type="button"
      class="corner"
      aria-label={t.open}
      onClick={() => router.go({ screen: 'settings' })}
    >
      <Icon name="sliders" />
    </button>
  )
}

/** Reminders come by the clocks of where somebody is: told when it is another place than last time. */
function useToldZone(): void {
  const { api } = useApp()
  useEffect(() => {
    const zone = ownZone()
    if (remembered('zone') === zone) return
    api.me.change({ zone }).then(
      () => remember('zone', zone),
      () => undefined, // told the next time
    )
  }, [api])
}

function Wallet({ vouchers }: { vouchers: Voucher[] }) {
  const { router } = useApp()
  const { wallet: t, orders } = useWords().texts
  const { usable, over } = sortVouchers(vouchers, Date.now())
  if (vouchers.length === 0) {
    return (
      <Notice icon="ticket" title={t.empty} text={t.emptyText}>
        <Button icon="plus" onPress={() => router.go({ screen: 'receipt' })}>
          {orders.add}
        </Button>
      </Notice>
    )
  }
  return (
    <>
      {usable.length === 0 && <Notice icon="ticket" title={t.allOver} text={t.allOverText} />}
      <Rows vouchers={usable} />
      {over.length > 0 && (
        <details class="over">
          <summary>{t.over(over.length)}</summary>
          <Rows vouchers={over} />
        </details>
      )}
    </>
  )
}

function Rows({ vouchers }: { vouchers: Voucher[] }) {
  return (
    <ul class="rows">
      {vouchers.map((voucher) => (
        <VoucherRow key={voucher.voucherId} voucher={voucher} />
      ))}
    </ul>
  )
}
