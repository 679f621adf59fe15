import { useSignal } from '@preact/signals'

import type { Why } from '../api/answers.ts'
import { useWords } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { percentOf } from '../words/why-words.ts'
import { Button } from './button.tsx'

type WhyThisProps = { label: string; ask: () => Promise<Why> }

/** Asks why somebody got just this, and says it in the same place. */
export function WhyThis({ label, ask }: WhyThisProps) {
  const why = useSignal<Why | undefined>(undefined)
  const { isBusy, run } = useDeed()
  const onPress = async () => {
    await run({}, async () => (why.value = await ask()))
  }
  if (why.value) return <Answer title={label} why={why.value} />
  return (
    <Button look="plain" icon="idea" isBusy={isBusy} onPress={() => void onPress()}>
      {label}
    </Button>
  )
}

function Answer({ title, why }: { title: string; why: Why }) {
  const { texts, language } = useWords()
  const { why: t } = texts
  return (
    <section class="card why" aria-live="polite">
      <h2 class="card__title">{title}</h2>
      <p>{why.said[language]}</p>
      <Reasons point={why.point} reasons={why.reasons} />
      {why.candidates.length > 1 && <Candidates candidates={why.candidates} />}
      {why.by === 'match' && <p class="card__foot">{t.off}</p>}
    </section>
  )
}

function Reasons({ point, reasons }: Pick<Why, 'point' | 'reasons'>) {
  const { texts, language } = useWords()
  if (reasons.length === 0) return null
  return (
    <>
      <h3 class="why__part">{texts.why.reasons[point]}</h3>
      <ul class="why__list">
        {reasons.map(({ feature, said, points }) => (
          <li key={feature + said.en} class="why__line">
            <span>{said[language]}</span>
            {points !== undefined && <span class="pill pill--on">{texts.why.points(points)}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

function Candidates({ candidates }: Pick<Why, 'candidates'>) {
  const { texts, locale } = useWords()
  return (
    <>
      <h3 class="why__part">{texts.why.candidates}</h3>
      <ul class="why__list">
        {candidates.map(({ name, chance, isChosen }, i) => (
          <li key={i}>
            <span class="why__line">
              {isChosen ? <strong>{name}</strong> : <span>{name}</span>}
              <span>{percentOf(chance, locale)}</span>
            </span>
            <progress
              class={`progress ${isChosen ? '' : 'progress--over'}`}
              value={chance}
              aria-hidden="true"
            />
          </li>
        ))}
      </ul>
    </>
  )
}
