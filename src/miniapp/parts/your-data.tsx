import { useSignal } from '@preact/signals'

import type { Losses } from '../api/me-api.ts'
import { forgetAll } from '../state/remember.ts'
import { useApp, useWords } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
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
  const { isBusy, run } = useDeed()
  const show = async () => {
    everything.value = JSON.stringify(await api.me.everything(), null, 2)
  }
  const copy = async () => {
    await telegram.copy(everything.value)
    say(texts.copied)
  }
  if (everything.value === '') {
    return (
      <Button isBusy={isBusy} onPress={() => void run({}, show)}>
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
  const { api, router } = useApp()
  const { settings: t } = useWords().texts
  const losses = useSignal<Losses | undefined>(undefined)
  const { isBusy, run } = useDeed()
  const ask = async () => {
    losses.value = await api.me.losses()
  }
  const erase = async () => {
    await api.me.erase()
    forgetAll()
    router.leave({ screen: 'erased' })
  }
  return (
    <>
      <Button look="danger" isBusy={isBusy} onPress={() => void run({}, ask)}>
        {t.erase}
      </Button>
      {losses.value && (
        <Confirm
          title={t.eraseTitle}
          text={tellLosses(losses.value, t)}
          yes={t.eraseYes}
          no={t.eraseNo}
          isBusy={isBusy}
          onYes={() => void run({}, erase)}
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
