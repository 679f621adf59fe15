import { spellCode } from '../../domain/code.ts'
import type { Redemption } from '../api/shop-answers.ts'
import { Button } from '../parts/button.tsx'
import { Head } from '../parts/head.tsx'
import { Icon } from '../parts/icon.tsx'
import { useApp, useMainButton } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useShopWords } from '../state/use-desk.ts'
import { useScan } from './use-scan.ts'

/** What was just spent, what is left, and the way back. */
export function SpentScreen({ redemption: known }: { redemption: Redemption }) {
  const { router, spent } = useApp()
  const { texts, money, moment } = useShopWords()
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
  const { texts, money } = useShopWords()
  const { voucher, balanceAfterMinor, unusedMinor, status } = redemption
  const { currency, kind } = voucher
  if (status === 'rolled_back') return null
  if (balanceAfterMinor > 0) return <p>{texts.till.left(money(balanceAfterMinor, currency))}</p>
  const isLost = unusedMinor > 0 && kind !== 'percent_off'
  return isLost ? <p>{texts.till.lost(money(unusedMinor, currency))}</p> : null
}

/** One tap takes it back. */
function Undo({ redemption }: { redemption: Redemption }) {
  const { api, spent } = useApp()
  const { till: t } = useShopWords().texts
  const { isBusy, run } = useDeed()
  const { redemptionId, voucher } = redemption
  const undo = async (requestId: string) => {
    const undone = await api.at(voucher.merchantId).undo(redemptionId, requestId)
    spent.value = spent.value.map((one) => (one.redemptionId === redemptionId ? undone : one))
  }
  return (
    <Button icon="undo" isBusy={isBusy} onPress={() => void run({ redemptionId }, undo)}>
      {t.undo}
    </Button>
  )
}
