import type { Redemption } from '../api/shop-answers.ts'
import { useApp } from '../state/use-app.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { Icon } from './icon.tsx'

/** What was spent just now, so that it can still be undone after the next one. */
export function Recent() {
  const { spent } = useApp()
  const { shop } = useDesk()
  const { till: t } = useShopWords().texts
  const here = spent.value.filter(({ voucher }) => voucher.merchantId === shop.merchantId)
  if (here.length === 0) return null
  return (
    <section>
      <h2 class="section-title">{t.recent}</h2>
      <ul class="rows">
        {here.map((redemption) => (
          <li key={redemption.redemptionId}>
            <RecentRow redemption={redemption} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function RecentRow({ redemption }: { redemption: Redemption }) {
  const { router } = useApp()
  const { texts, money, time } = useShopWords()
  const { voucher, amountMinor, redeemedAt, status } = redemption
  const isUndone = status === 'rolled_back'
  return (
    <button type="button" class="row" onClick={() => router.go({ screen: 'spent', redemption })}>
      <span class="row__text">
        <strong>{voucher.name}</strong>
        <span class="row__sub">{time(redeemedAt)}</span>
      </span>
      <span class="row__end">
        <span class={isUndone ? 'struck' : ''}>{money(amountMinor, voucher.currency)}</span>
        {isUndone && <span class="pill">{texts.till.undone}</span>}
      </span>
      <Icon name="next" class="row__next" />
    </button>
  )
}
