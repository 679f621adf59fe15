import { useSignal } from '@preact/signals'
import { useCallback, useEffect, useMemo } from 'preact/hooks'

import type { Share } from '../api/answers.ts'
import { asProblem } from '../api/problem.ts'
import { Button } from '../parts/button.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { Head } from '../parts/head.tsx'
import { Progress } from '../parts/progress.tsx'
import { createLoading } from '../state/loading.ts'
import { shareStatusOf } from '../state/share-status.ts'
import { useApp, useMainButton, useOnReturn, useWords } from '../state/use-app.ts'
import { tellProblem } from '../words/problem-words.ts'
import { worthOfOffer } from '../words/voucher-words.ts'
import { useSend } from './use-send.ts'

/** How a share goes, and what its sharer can do: send it again, copy its link, stop it. */
export function ShareScreen({ share: known }: { share: Share }) {
  const { api } = useApp()
  const current = useMemo(() => createLoading(() => api.share(known)), [api, known])
  const refresh = useCallback(() => void current.refresh(), [current])
  useEffect(refresh, [refresh])
  useOnReturn(refresh)
  const share = current.value.value ?? known
  const status = shareStatusOf(share, Date.now())
  const isRunning = status === 'open' || status === 'draft'
  return (
    <>
      <Head title={share.offer.title} text={share.merchantName} />
      <Standing share={share} status={status} />
      {isRunning && (
        <>
          <Sending share={share} />
          <Stopping share={share} onStopped={current.refresh} />
        </>
      )}
    </>
  )
}

function Standing({ share, status }: { share: Share; status: Share['status'] }) {
  const words = useWords()
  const { texts, moment } = words
  const { taken, slots, expiresAt } = share
  const isRunning = status === 'open' || status === 'draft'
  const tail = isRunning ? texts.share.until(moment(expiresAt)) : texts.share[`${status}Text`]
  return (
    <section class="card standing">
      <p class="standing__top">
        <strong>{texts.shares.taken(taken, slots)}</strong>
        <span class={`pill ${isRunning ? 'pill--on' : ''}`}>{texts.shares.status[status]}</span>
      </p>
      <Progress
        taken={taken}
        slots={slots}
        label={texts.shares.taken(taken, slots)}
        isOver={!isRunning}
      />
      <p class="standing__worth">
        {texts.order.forFriends(worthOfOffer(share.offer, words), slots)}
      </p>
      <p class="standing__foot">{tail}</p>
    </section>
  )
}

function Sending({ share }: { share: Share }) {
  const { telegram, say } = useApp()
  const { texts } = useWords()
  const send = useSend()
  const copy = async () => {
    await telegram.copy(share.links.chat)
    telegram.feel('tap')
    say(texts.copied)
  }
  useMainButton({ text: texts.share.send, isBusy: false, onPress: () => send(share) })
  return (
    <Button icon="copy" onPress={() => void copy()}>
      {texts.share.copyLink}
    </Button>
  )
}

function Stopping({ share, onStopped }: { share: Share; onStopped: () => Promise<void> }) {
  const { api, say, telegram } = useApp()
  const { texts } = useWords()
  const isAsking = useSignal(false)
  const isBusy = useSignal(false)
  const stop = async () => {
    isBusy.value = true
    try {
      await api.revokeShare(share)
      await onStopped()
      telegram.feel('success')
      say(texts.share.stopped)
    } catch (thrown) {
      say(tellProblem(asProblem(thrown), texts).title)
    }
    isBusy.value = false
    isAsking.value = false
  }
  return (
    <>
      <Button look="danger" icon="stop" onPress={() => (isAsking.value = true)}>
        {texts.share.stop}
      </Button>
      {isAsking.value && (
        <Confirm
          title={texts.share.stopTitle}
          text={texts.share.stopText}
          yes={texts.share.stopYes}
          no={texts.share.stopNo}
          isBusy={isBusy.value}
          onYes={() => void stop()}
          onNo={() => (isAsking.value = false)}
        />
      )}
    </>
  )
}
