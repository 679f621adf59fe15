import { useSignal } from '@preact/signals'

import type { Campaign } from '../api/shop-answers.ts'
import { Bar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Head } from '../parts/head.tsx'
import { Kinds } from '../parts/kinds.tsx'
import { StagePill } from '../parts/stage-pill.tsx'
import { isOver, stageOf } from '../state/campaign-status.ts'
import { useApp, useDesk, useFresh, useWords } from '../state/use-app.ts'
import { mayRun } from '../state/workplace.ts'
import { lastDay } from '../words/campaign-words.ts'
import { useDeed } from './use-deed.ts'

/** How a campaign stands, and what can be done with it. */
export function CampaignScreen({ campaign: known }: { campaign: Campaign }) {
  const { shop, campaigns } = useDesk()
  const words = useWords()
  useFresh(campaigns)
  const campaign =
    campaigns.value.value?.find(({ campaignId }) => campaignId === known.campaignId) ?? known
  return (
    <>
      <Head title={campaign.name} text={words.texts.campaigns.until(lastDay(campaign, words))} />
      <Standing campaign={campaign} />
      {mayRun(shop) && <Move campaign={campaign} />}
      <Kinds campaign={campaign} mayChange={mayRun(shop) && !isOver(campaign, Date.now())} />
      <Deeds campaign={campaign} mayRun={mayRun(shop)} />
    </>
  )
}

function Standing({ campaign }: { campaign: Campaign }) {
  const { texts, money } = useWords()
  const { campaign: t } = texts
  const { currency, budgetMinor, issuedMinor, reservedMinor } = campaign
  const amount = (minor: number) => money(minor, currency)
  return (
    <section class="card standing">
      <p class="standing__top">
        <strong>{t.left(amount(budgetMinor - issuedMinor - reservedMinor))}</strong>
        <StagePill campaign={campaign} />
      </p>
      <Bar
        label={t.given}
        used={issuedMinor}
        kept={reservedMinor}
        most={budgetMinor}
        text={t.countOf(amount(issuedMinor), amount(budgetMinor))}
      />
      {reservedMinor > 0 && (
        <p class="standing__foot">
          {t.reserved}: {amount(reservedMinor)}
        </p>
      )}
      <Limits campaign={campaign} />
    </section>
  )
}

/** The limits that were set: vouchers in all, and today's vouchers and money. */
function Limits({ campaign }: { campaign: Campaign }) {
  const { texts, money, count: write } = useWords()
  const { campaign: t } = texts
  const { currency, maxVouchers, issuedCount, dayMaxVouchers, dayCount } = campaign
  const { dayBudgetMinor, dayMinor } = campaign
  const amount = (minor: number) => money(minor, currency)
  const count = (label: string, used: number, most: number) => (
    <Bar label={label} used={used} most={most} text={t.countOf(write(used), write(most))} />
  )
  return (
    <>
      {maxVouchers !== null && count(t.count, issuedCount, maxVouchers)}
      {dayMaxVouchers !== null && count(t.today, dayCount, dayMaxVouchers)}
      {dayBudgetMinor !== null && (
        <Bar
          label={t.today}
          used={dayMinor}
          most={dayBudgetMinor}
          text={t.countOf(amount(dayMinor), amount(dayBudgetMinor))}
        />
      )}
    </>
  )
}

function Deeds({ campaign, mayRun: isAllowed }: { campaign: Campaign; mayRun: boolean }) {
  const { router } = useApp()
  const { campaign: t } = useWords().texts
  const stage = stageOf(campaign, Date.now())
  const isLive = stage !== 'stopped' && stage !== 'ended'
  return (
    <div class="deeds">
      {isAllowed && stage !== 'stopped' && (
        <Button icon="plus" onPress={() => router.go({ screen: 'change', campaign })}>
          {t.change}
        </Button>
      )}
      {isAllowed && <Clone campaign={campaign} />}
      <Button icon="clock" onPress={() => router.go({ screen: 'changes', campaign })}>
        {t.history}
      </Button>
      {isAllowed && isLive && <Stop campaign={campaign} />}
    </div>
  )
}

/** The one thing that comes next: a draft is looked at first, a running one is paused, a paused one goes on. */
function Move({ campaign }: { campaign: Campaign }) {
  const { router } = useApp()
  const { api, campaigns } = useDesk()
  const { campaign: t } = useWords().texts
  const { isBusy, run } = useDeed()
  const { campaignId } = campaign
  const stage = stageOf(campaign, Date.now())
  const move = async (to: 'activate' | 'pause') => {
    await run({ to }, () => api.move(campaignId, to))
    await campaigns.refresh()
  }
  if (stage === 'draft') {
    return (
      <Button
        look="filled"
        icon="play"
        onPress={() => router.go({ screen: 'preview', campaignId })}
      >
        {t.start}
      </Button>
    )
  }
  if (stage === 'stopped' || stage === 'ended') return null
  const isPaused = stage === 'paused'
  return (
    <Button
      look={isPaused ? 'filled' : 'soft'}
      icon={isPaused ? 'play' : 'pause'}
      isBusy={isBusy}
      onPress={() => void move(isPaused ? 'activate' : 'pause')}
    >
      {isPaused ? t.resume : t.pause}
    </Button>
  )
}

function Clone({ campaign: { campaignId } }: { campaign: Campaign }) {
  const { say, router } = useApp()
  const { api, campaigns } = useDesk()
  const { campaign: t } = useWords().texts
  const { isBusy, run } = useDeed()
  const clone = async () => {
    if (!(await run({ campaignId }, (key) => api.clone(campaignId, key)))) return
    await campaigns.refresh()
    say(t.cloned)
    router.back()
  }
  return (
    <Button icon="copy" isBusy={isBusy} onPress={() => void clone()}>
      {t.clone}
    </Button>
  )
}

function Stop({ campaign: { campaignId } }: { campaign: Campaign }) {
  const { api, campaigns } = useDesk()
  const { campaign: t } = useWords().texts
  const { isBusy, run } = useDeed()
  const isAsking = useSignal(false)
  const stop = async () => {
    await run({ campaignId }, () => api.move(campaignId, 'stop'))
    isAsking.value = false
    await campaigns.refresh()
  }
  return (
    <>
      <Button look="danger" icon="stop" onPress={() => (isAsking.value = true)}>
        {t.stop}
      </Button>
      {isAsking.value && (
        <Confirm
          title={t.stopTitle}
          text={t.stopText}
          yes={t.stopYes}
          no={t.stopNo}
          isBusy={isBusy}
          onYes={() => void stop()}
          onNo={() => (isAsking.value = false)}
        />
      )}
    </>
  )
}
