import type { Voucher } from '../api/answers.ts'
import { Button } from '../parts/button.tsx'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Notice } from '../parts/notice.tsx'
import { VoucherRow } from '../parts/voucher-row.tsx'
import { sortVouchers } from '../state/sort-vouchers.ts'
import { useApp, useFresh, useWords } from '../state/use-app.ts'

/** The wallet: what can be spent, soonest to end first. What is used or over is folded away. */
export function VouchersScreen() {
  const vouchers = useFresh(useApp().vouchers)
  const { texts } = useWords()
  return (
    <>
      <Head title={texts.wallet.title} />
      <Loaded from={vouchers} shape="list">
        {(all) => <Wallet vouchers={all} />}
      </Loaded>
    </>
  )
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
