import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'

import { spellCode } from '../../domain/code.ts'
import { asProblem } from '../api/problem.ts'
import type { Redemption } from '../api/shop-answers.ts'
import { Button } from '../parts/button.tsx'
import { Head } from '../parts/head.tsx'
import { Icon } from '../parts/icon.tsx'
import { createRequestIds } from '../state/request-ids.ts'
import { useApp, useMainButton, useWords } from '../state/use-app.ts'
import { tellShopProblem } from '../words/problem-words.ts'
import { useScan } from './use-scan.ts'

/** What was just spent, what is left, and the way back. */
export function SpentScreen({ redemption: known }: { redemption: Redemption }) {
  const { router, spent } = useApp()
  const { texts, money, moment } = useWords()
  const { till: t } = texts
  const { scan } = useScan('replace')
  useMainButton({ text: t.next, isBusy: false, onPress: scan ?? router.back })
  const redemption =
    spent.value.find(({ redemptionId }) => redemptionId === known.redemptionId) ?? known
  const { voucher, amountMinor, status, redeemedAt } = redemption
  const isUndone = status === 'rolled_back'
  const amount = money(amountMinor, voucher.currency)
  const isItem = voucher.kind === 'free_item'
  return (
    <>
      <Head title={isUndone ? t.undone : t.spent(amount)} text={moment(redeemedAt)} />
      <article class={`card till ${isUndone ? '' : 'till--good'}`}>
        <p class="till__verdict" role="status">
          <Icon name={isUndone ? 'undo' : 'check'} />
          {isUndone ? t.undoneText(amount) : isItem ? t.handOver : t.takeOff}
        </p>
        <p class="till__worth">{amount}</p>
        <p class="till__name">{voucher.name}</p>
        <Rest redemption={redemption} />
        <p class="till__code">{spellCode(voucher.code)}</p>
      </article>
      {!isUndone && <Undo redemption={redemption} />}
    </>
  )
}

/** What is left to spend, or lost since the voucher can be used only once. */
function Rest({ redemption }: { redemption: Redemption }) {
  const { texts, money } = useWords()
  const { voucher, balanceAfterMinor, unusedMinor, status } = redemption
  const { currency, kind } = voucher
  if (status === 'rolled_back') return null
  if (balanceAfterMinor > 0) return <p>{texts.till.left(money(balanceAfterMinor, currency))}</p>
  const isLost = unusedMinor > 0 && kind !== 'percent_off'
  return isLost ? <p>{texts.till.lost(money(unusedMinor, currency))}</p> : null
}

/** One tap, and the same request however often it is sent. */
function Undo({ redemption }: { redemption: Redemption }) {
  const { api, say, spent, telegram } = useApp()
  const { texts } = useWords()
  const isBusy = useSignal(false)
  const ids = useMemo(() => createRequestIds(), [])
  const undo = async () => {
    const { redemptionId, voucher } = redemption
    if (isBusy.peek()) return
    isBusy.value = true
    try {
      const undone = await api
        .at(voucher.merchantId)
        .undo(redemptionId, ids.idFor({ redemptionId }))
      spent.value = spent.value.map((one) => (one.redemptionId === redemptionId ? undone : one))
      telegram.feel('success')
    } catch (thrown) {
      telegram.feel('error')
      say(tellShopProblem(asProblem(thrown), texts).title)
    }
    isBusy.value = false
  }
  return (
    <Button icon="undo" isBusy={isBusy.value} onPress={() => void undo()}>
      {texts.till.undo}
    </Button>
  )
}
