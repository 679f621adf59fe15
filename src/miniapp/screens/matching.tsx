import { useMemo } from 'preact/hooks'

import type { Matching } from '../api/shop-answers.ts'
import { Switch } from '../parts/field.tsx'
import { FormField } from '../parts/form-field.tsx'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { createForm } from '../state/form.ts'
import { createLoading } from '../state/loading.ts'
import { readMatching, valuesOfMatching } from '../state/read-matching.ts'
import { useApp, useFresh, useMainButton } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'

/** What a merchant tells the model that chooses offers and vouchers. */
export function MatchingScreen() {
  const { api, shop } = useDesk()
  const { matching: t } = useShopWords().texts
  const matching = useFresh(useMemo(() => createLoading(api.matching), [api]))
  return (
    <>
      <Head title={t.settings} text={shop.merchantName} />
      <Loaded from={matching} shape="list">
        {({ settings }) => <Told settings={settings} />}
      </Loaded>
    </>
  )
}

function Told({ settings }: Pick<Matching, 'settings'>) {
  const { router, say, telegram } = useApp()
  const { api } = useDesk()
  const { matching: t, campaign: words } = useShopWords().texts
  const { isBusy, run } = useDeed()
  const form = useMemo(
    () => createForm(valuesOfMatching(settings), (values) => readMatching(values, settings)),
    [settings],
  )
  const { poolsLearning } = form.fields
  const save = async () => {
    const body = form.send()
    if (!body) return telegram.feel('error')
    if (!(await run(body, (key) => api.changeMatching(body, key)))) return
    say(words.saved)
    router.back()
  }
  const isOff = Object.keys(form.read.value.body).length === 0
  useMainButton({ text: words.save, isBusy, isOff, onPress: () => void save() })
  return (
    <section class="card form">
      <FormField
        form={form}
        name="margin"
        label={t.margin}
        kind="amount"
        unit="%"
        hint={t.marginHint}
      />
      <FormField
        form={form}
        name="control"
        label={t.control}
        kind="amount"
        unit="%"
        hint={t.controlHint}
      />
      <Switch
        id="pool"
        label={t.pool}
        isOn={poolsLearning.value}
        onSwitch={(isOn) => (poolsLearning.value = isOn)}
      >
        {t.poolText}
      </Switch>
    </section>
  )
}
