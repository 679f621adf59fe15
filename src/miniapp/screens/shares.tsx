import type { Share } from '../api/answers.ts'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Notice } from '../parts/notice.tsx'
import { Progress } from '../parts/progress.tsx'
import { shareStatusOf } from '../state/share-status.ts'
import { useApp, useFresh, useWords } from '../state/use-app.ts'

export function SharesScreen() {
  const shares = useFresh(useApp().shares)
  const { texts } = useWords()
  return (
    <>
      <Head title={texts.shares.title} />
      <Loaded from={shares} shape="list">
        {(all) => <Rows shares={all} />}
      </Loaded>
    </>
  )
}

function Rows({ shares }: { shares: Share[] }) {
  const { shares: t } = useWords().texts
  if (shares.length === 0) return <Notice icon="people" title={t.empty} text={t.emptyText} />
  return (
    <ul class="rows">
      {shares.map((share) => (
        <li key={share.shareId}>
          <ShareRow share={share} />
        </li>
      ))}
    </ul>
  )
}

function ShareRow({ share }: { share: Share }) {
  const { router } = useApp()
  const { texts } = useWords()
  const { taken, slots, merchantName, offer } = share
  const status = shareStatusOf(share, Date.now())
  const isRunning = status === 'open' || status === 'draft'
  return (
    <button
      type="button"
      class="row row--tall"
      onClick={() => router.go({ screen: 'share', share })}
    >
      <span class="row__top">
        <span class="row__text">
          <strong>{offer.title}</strong>
          <span class="row__sub">{merchantName}</span>
        </span>
        <span class={`pill ${isRunning ? 'pill--on' : ''}`}>{texts.shares.status[status]}</span>
      </span>
      <Progress
        taken={taken}
        slots={slots}
        label={texts.shares.taken(taken, slots)}
        isOver={!isRunning}
      />
      <span class="row__foot">
        <span>{texts.shares.taken(taken, slots)}</span>
        {isRunning && <span>{texts.shares.left(Math.max(0, slots - taken))}</span>}
      </span>
    </button>
  )
}
