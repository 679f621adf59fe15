import type { Voucher } from '../api/answers.ts'
import { isUsable, statusOf } from '../state/sort-vouchers.ts'
import { useApp, useWords } from '../state/use-app.ts'
import { timeLeft, validUntil, worthOf } from '../words/voucher-words.ts'
import { Icon } from './icon.tsx'
import { KIND_ICONS } from './ticket.tsx'

/** A voucher in the wallet: small enough that several are seen at once. */
export function VoucherRow({ voucher }: { voucher: Voucher }) {
  const { router } = useApp()
  const words = useWords()
  const now = Date.now()
  const status = statusOf(voucher, now)
  const isOver = !isUsable(voucher, now)
  const { big, small } = worthOf(voucher, words)
  const left = isOver ? undefined : timeLeft(voucher, now, words)
  return (
    <li>
      <button
        type="button"
        class={`stub ${isOver ? 'stub--over' : ''}`}
        onClick={() => router.go({ screen: 'voucher', voucher })}
      >
        <span class="stub__side">
          <Icon name={KIND_ICONS[voucher.kind]} />
        </span>
        <span class="stub__text">
          <span class="stub__merchant">{voucher.merchantName}</span>
          <strong class="stub__worth">{big}</strong>
          <span class="stub__name">{small ?? voucher.name}</span>
          <span class="stub__foot">
            {isOver || status === 'held' ? (
              <span class="pill">{words.texts.voucher.status[status]}</span>
            ) : (
              <span>
                {words.texts.voucher.validUntil} {validUntil(voucher, words)}
              </span>
            )}
            {left && <span class="pill pill--soon">{left}</span>}
          </span>
        </span>
      </button>
    </li>
  )
}
