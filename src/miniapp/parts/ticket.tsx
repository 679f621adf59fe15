import { spellCode } from '../../domain/code.ts'
import type { Voucher } from '../api/answers.ts'
import { statusOf } from '../state/sort-vouchers.ts'
import { useApp, useWords } from '../state/use-app.ts'
import { tellHours } from '../words/hours-words.ts'
import { timeLeft, validUntil, worthOf } from '../words/voucher-words.ts'
import { Icon, type IconName } from './icon.tsx'
import { Qr } from './qr.tsx'

/** A voucher as a ticket: what it gives, the code for the till, and its conditions. One that is over has no code to show. */
export function Ticket({ voucher, isNew = false }: { voucher: Voucher; isNew?: boolean }) {
  const words = useWords()
  const status = statusOf(voucher, Date.now())
  const { big, small } = worthOf(voucher, words)
  const isOver = status === 'redeemed' || status === 'expired' || status === 'revoked'
  return (
    <article class={`ticket ${isOver ? 'ticket--over' : ''} ${isNew ? 'ticket--new' : ''}`}>
      <div class="ticket__head">
        <p class="ticket__merchant">
          <Icon name={KIND_ICONS[voucher.kind]} />
          {voucher.merchantName}
        </p>
        <p class="ticket__worth">{big}</p>
        {small && <p class="ticket__small">{small}</p>}
        <p class="ticket__name">{voucher.name}</p>
        {status !== 'issued' && <p class="ticket__status">{words.texts.voucher.status[status]}</p>}
      </div>
      <div class="ticket__body">
        {isOver ? (
          <p class="ticket__over">{words.texts.voucher.unusable[status]}</p>
        ) : (
          <Code voucher={voucher} />
        )}
        <Terms voucher={voucher} isOver={isOver} />
      </div>
    </article>
  )
}

export const KIND_ICONS: Record<Voucher['kind'], IconName> = {
  percent_off: 'percent',
  amount_off: 'ticket',
  gift_balance: 'gift',
  free_item: 'gift',
}

function Code({ voucher }: { voucher: Voucher }) {
  const { telegram, say } = useApp()
  const { texts } = useWords()
  const shown = spellCode(voucher.code)
  const copy = async () => {
    await telegram.copy(voucher.code)
    telegram.feel('tap')
    say(texts.copied)
  }
  return (
    <div class="ticket__code">
      <div class="ticket__qr">
        <Qr text={voucher.code} label={texts.voucher.qr(shown)} />
      </div>
      <p class="ticket__hint">{texts.voucher.show}</p>
      <button
        type="button"
        class="code"
        aria-label={texts.voucher.copy(shown)}
        onClick={() => void copy()}
      >
        <span class="code__text">{shown}</span>
        <Icon name="copy" />
      </button>
    </div>
  )
}

function Terms({ voucher, isOver }: { voucher: Voucher; isOver: boolean }) {
  const words = useWords()
  const { texts, money } = words
  const left = isOver ? undefined : timeLeft(voucher, Date.now(), words)
  const { storeName, storeAddress, storeNames, hours, minSpendMinor, currency, merchantName } =
    voucher
  return (
    <dl class="terms">
      <dt>{texts.voucher.validUntil}</dt>
      <dd>
        {validUntil(voucher, words)}
        {left && <span class="pill pill--soon">{left}</span>}
      </dd>
      <dt>{texts.voucher.validAt}</dt>
      <dd>
        {storeName ?? storeNames?.join(', ') ?? texts.voucher.everyStore(merchantName)}
        {storeAddress && <small>{storeAddress}</small>}
      </dd>
      <dt>{texts.voucher.condition}</dt>
      <dd>
        {minSpendMinor > 0
          ? texts.voucher.minSpend(money(minSpendMinor, currency))
          : texts.voucher.noMinSpend}
        {hours && <small>{tellHours(hours, words)}</small>}
      </dd>
    </dl>
  )
}
