import { useEffect, useMemo } from 'preact/hooks'

import type { Validation } from '../api/shop-answers.ts'
import { Head } from '../parts/head.tsx'
import { Notice } from '../parts/notice.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { TillCard } from '../parts/till-card.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { createTill, type Till } from '../state/till.ts'
import { canBeMended } from '../state/till-amounts.ts'
import { useApp, useMainButton } from '../state/use-app.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { tellRefused } from '../words/till-words.ts'
import { Spending } from './spending.tsx'
import { useScan } from './use-scan.ts'

/** One code at the till: whether it is valid, and the button that spends it. */
export function TillScreen({ code }: { code: string }) {
  const { api, storeId } = useDesk()
  const { till: t } = useShopWords().texts
  const till = useMemo(() => createTill(api, spotOf(code, storeId.peek())), [api, code, storeId])
  useEffect(() => void till.check(), [till])
  const problem = till.problem.value
  const checked = till.checked.value
  if (!checked && problem) {
    return <Trouble isHead problem={problem} onRetry={() => void till.check()} />
  }
  return (
    <>
      <Head title={t.title} />
      {checked ? <Checked till={till} {...checked} /> : <Skeleton shape="ticket" />}
    </>
  )
}

function spotOf(code: string, storeId: string) {
  return storeId === '' ? { code } : { code, storeId }
}

function Checked({ till, validation }: { till: Till; validation: Validation }) {
  const { voucher } = validation
  return voucher && canBeMended(validation) ? (
    <Spending till={till} voucher={voucher} />
  ) : (
    <Refused validation={validation} />
  )
}

function Refused({ validation }: { validation: Validation }) {
  const { telegram, router } = useApp()
  const words = useShopWords()
  const { scan } = useScan('replace')
  const { title, text } = tellRefused(validation, words)
  const { voucher } = validation
  useEffect(() => telegram.feel('error'), [telegram])
  useMainButton({ text: words.texts.till.next, isBusy: false, onPress: scan ?? router.back })
  return (
    <div role="alert">
      {voucher ? (
        <TillCard voucher={voucher} verdict={title} isGood={false}>
          {text && <p class="till__why">{text}</p>}
        </TillCard>
      ) : (
        <Notice icon="cross" mood="sorry" title={title} text={text} />
      )}
    </div>
  )
}
