import { useEffect, useState } from 'preact/hooks'

import type { Claimed } from '../api/answers.ts'
import { Button } from '../parts/button.tsx'
import { Confetti } from '../parts/confetti.tsx'
import { Head } from '../parts/head.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Notice } from '../parts/notice.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { Ticket } from '../parts/ticket.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { WhyThis } from '../parts/why.tsx'
import { useApp, useMainButton, useWords } from '../state/use-app.ts'
import { type Told, tellResult } from '../words/result-words.ts'

/** What a link leads to: the answer to a claim, or the order of a receipt. */
export function OpenedScreen() {
  const { opened, router } = useApp()
  const value = opened.value.value
  const problem = opened.problem.value
  useEffect(() => {
    if (!opened.value.peek()) void opened.refresh()
  }, [opened])
  useEffect(() => {
    if (value?.kind === 'order') router.replace({ screen: 'order', ...value })
  }, [value, router])

  if (value?.kind === 'claim')
    return <Result claimed={value} onRetry={() => void opened.refresh()} />
  if (!problem) return <Skeleton shape="ticket" isWhole />
  return (
    <>
      <Trouble
        isHead
        problem={problem}
        isBusy={opened.isBusy.value}
        onRetry={() => void opened.refresh()}
      />
      <ToTab tab="vouchers" />
    </>
  )
}

function Result({ claimed, onRetry }: { claimed: Claimed; onRetry: () => void }) {
  const { telegram, opened } = useApp()
  const { texts } = useWords()
  const told = tellResult(claimed, texts, Date.now())
  useEffect(() => telegram.feel(FEELINGS[told.mood]), [telegram, told.mood])

  if (claimed.voucher) return <Won told={told} claimed={claimed} voucher={claimed.voucher} />
  const isLater = claimed.reason === 'not_started' || claimed.reason === 'campaign_paused'
  return (
    <>
      <Notice
        isHead
        icon={iconOf(claimed)}
        mood={told.mood}
        about={claimed.merchantName}
        title={told.title}
        text={told.text}
      >
        {isLater && (
          <Button isBusy={opened.isBusy.value} onPress={onRetry}>
            {texts.retry}
          </Button>
        )}
      </Notice>
      <ToTab tab={claimed.reason === 'sharer_self' ? 'shares' : 'vouchers'} />
    </>
  )
}

type WonProps = { told: Told; claimed: Claimed; voucher: NonNullable<Claimed['voucher']> }

function Won({ told, claimed, voucher }: WonProps) {
  const { api } = useApp()
  const { texts } = useWords()
  return (
    <>
      {told.mood === 'joy' && <Confetti />}
      <Head title={told.title} text={told.text} />
      <Ticket voucher={voucher} isNew={told.mood === 'joy'} />
      <WhyThis label={texts.why.voucher} ask={() => api.me.whyVoucher(voucher.voucherId)} />
      {claimed.result !== 'repeated' && <Remind />}
      <ToTab tab="vouchers" />
    </>
  )
}

/** Whoever never talked to the bot can only be reminded after saying yes. */
function Remind() {
  const { telegram, say } = useApp()
  const { texts } = useWords()
  const [mayWrite, setMayWrite] = useState(telegram.mayWrite)
  const { askToWrite } = telegram
  if (mayWrite || !askToWrite) return null
  const ask = async () => {
    if (!(await askToWrite())) return
    setMayWrite(true)
    say(texts.result.reminded)
  }
  return (
    <Button look="plain" icon="bell" onPress={() => void ask()}>
      {texts.result.remind}
    </Button>
  )
}

function ToTab({ tab }: { tab: 'vouchers' | 'shares' }) {
  const { router } = useApp()
  const { texts } = useWords()
  const text = tab === 'shares' ? texts.result.toShares : texts.toVouchers
  useMainButton({ text, isBusy: false, onPress: () => router.switchTo(tab) })
  return null
}

function iconOf({ result, reason }: Claimed): IconName {
  if (reason === 'sharer_self') return 'people'
  if (reason === 'not_started') return 'clock'
  if (reason === 'campaign_paused') return 'pause'
  if (result === 'expired') return 'clock'
  if (result === 'revoked') return 'stop'
  return 'ticket'
}

const FEELINGS = { joy: 'success', calm: 'warning', sorry: 'error' } as const
