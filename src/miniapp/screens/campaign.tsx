import { useSignal } from '@preact/signals'

import type { Campaign } from '../api/shop-answers.ts'
import { Button } from '../parts/button.tsx'
import { Standing } from '../parts/campaign-standing.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Head } from '../parts/head.tsx'
import { Kinds } from '../parts/kinds.tsx'
import { isOver, stageOf } from '../state/campaign-status.ts'
import { useApp, useFresh } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { mayRun } from '../state/workplace.ts'
import { lastDay } from '../words/campaign-words.ts'

/** How a campaign stands, and what can be done with it. */
export function CampaignScreen({ campaign: known }: { campaign: Campaign }) {
  const { shop, campaigns } = useDesk()
  const words = useShopWords()
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

function Deeds({ campaign, mayRun: isAllowed }: { campaign: Campaign; mayRun: boolean }) {
  const { router } = useApp()
  const { campaign: t } = useShopWords().texts
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
  const { campaign: t } = useShopWords().texts
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
  const { campaign: t } = useShopWords().texts
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
  const { campaign: t } = useShopWords().texts
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
