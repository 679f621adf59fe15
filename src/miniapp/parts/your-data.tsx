import { useSignal } from '@preact/signals'

import type { Losses } from '../api/me-api.ts'
import { asProblem } from '../api/problem.ts'
import { forgetAll } from '../state/remember.ts'
import { useApp, useWords } from '../state/use-app.ts'
import { tellProblem } from '../words/problem-words.ts'
import { Button } from './button.tsx'
import { Confirm } from './confirm.tsx'

/** Everything that is kept of somebody, to be seen, and to be erased. */
export function YourData() {
  const { settings: t } = useWords().texts
  return (
    <section class="card form">
      <h2 class="card__title">{t.privacy}</h2>
      <p>{t.privacyText}</p>
      <Everything />
      <Erasure />
    </section>
  )
}

function Everything() {
  const { api, telegram, say } = useApp()
  const { texts } = useWords()
  const everything = useSignal('')
  const isBusy = useSignal(false)
  const show = async () => {
    isBusy.value = true
    try {
      everything.value = JSON.stringify(await api.me.everything(), null, 2)
    } catch (thrown) {
      say(tellProblem(asProblem(thrown), texts).title)
    }
    isBusy.value = false
  }
  const copy = async () => {
    await telegram.copy(everything.value)
    say(texts.copied)
  }
  if (everything.value === '') {
    return (
      <Button isBusy={isBusy.value} onPress={() => void show()}>
        {texts.settings.show}
      </Button>
    )
  }
  return (
    <>
      <textarea
        class="everything"
        aria-label={texts.settings.privacy}
        rows={12}
        readOnly
        value={everything.value}
      />
      <Button icon="copy" onPress={() => void copy()}>
        {texts.settings.copyAll}
      </Button>
    </>
  )
}

/** What would be lost is said before it is asked for good. */
function Erasure() {
  const { api, telegram, say, router } = useApp()
  const { texts } = useWords()
  const { settings: t } = texts
  const losses = useSignal<Losses | undefined>(undefined)
  const isBusy = useSignal(false)
  const attempt = async (deed: () => Promise<void>) => {
    isBusy.value = true
    try {
      await deed()
    } catch (thrown) {
      telegram.feel('error')
      say(tellProblem(asProblem(thrown), texts).title)
    }
    isBusy.value = false
  }
  const ask = async () => {
    losses.value = await api.me.losses()
  }
  const erase = async () => {
    await api.me.erase()
    forgetAll()
    telegram.feel('success')
    router.leave({ screen: 'erased' })
  }
  return (
    <>
      <Button look="danger" isBusy={isBusy.value} onPress={() => void attempt(ask)}>
        {t.erase}
      </Button>
      {losses.value && (
        <Confirm
          title={t.eraseTitle}
          text={tellLosses(losses.value, t)}
          yes={t.eraseYes}
          no={t.eraseNo}
          isBusy={isBusy.value}
          onYes={() => void attempt(erase)}
          onNo={() => (losses.value = undefined)}
        />
      )}
    </>
  )
}

function tellLosses(
  { vouchers, leftAlone }: Losses,
  t: ReturnType<typeof useWords>['texts']['settings'],
): string {
  const shops = leftAlone.map(({ merchantName }) => merchantName).join(', ')
  return [vouchers > 0 && t.lostVouchers(vouchers), shops && t.lastOwner(shops), t.eraseText]
    .filter(Boolean)
    .join(' ')
}
