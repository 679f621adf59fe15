import type { ComponentChildren } from 'preact'

import { spellCode } from '../../domain/code.ts'
import type { Voucher } from '../api/answers.ts'
import { useShopWords } from '../state/use-desk.ts'
import { tellHours } from '../words/hours-words.ts'
import { validUntil, worthOf } from '../words/voucher-words.ts'
import { Icon } from './icon.tsx'
import { KIND_ICONS } from './ticket.tsx'

type TillCardProps = {
  voucher: Voucher
  /** What is said of it, in a word, and whether that is good. */
  verdict: string
  isGood: boolean
  children?: ComponentChildren
}

/** A voucher as a cashier needs it: what it gives, and what it is tied to. */
export function TillCard({ voucher, verdict, isGood, children }: TillCardProps) {
  const words = useShopWords()
  const { texts, money } = words
  const { big, small } = worthOf(voucher, words)
  const { minSpendMinor, currency, storeName, storeAddress, storeNames, merchantName } = voucher
  const hours = voucher.hours && tellHours(voucher.hours, words)
  return (
    <article class={`card till ${isGood ? 'till--good' : 'till--bad'}`}>
      <p class="till__verdict">
        <Icon name={isGood ? 'check' : 'cross'} />
        {verdict}
      </p>
      <p class="till__worth">{big}</p>
      {small && <p class="till__small">{small}</p>}
      <p class="till__name">
        <Icon name={KIND_ICONS[voucher.kind]} />
        {voucher.name}
      </p>
      {children}
      <dl class="terms">
        {minSpendMinor > 0 && (
          <>
            <dt>{texts.voucher.condition}</dt>
            <dd>{texts.voucher.minSpend(money(minSpendMinor, currency))}</dd>
          </>
        )}
        <dt>{texts.voucher.validAt}</dt>
        <dd>
          {storeName ?? storeNames?.join(', ') ?? texts.voucher.everyStore(merchantName)}
          {storeAddress && <small>{storeAddress}</small>}
        </dd>
        <dt>{texts.voucher.validUntil}</dt>
        <dd>
          {validUntil(voucher, words)}
          {hours && <small>{hours}</small>}
        </dd>
        <dt>{texts.till.code}</dt>
        <dd class="till__code">{spellCode(voucher.code)}</dd>
      </dl>
    </article>
  )
}
