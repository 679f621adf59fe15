import { useMemo } from 'preact/hooks'

import type { Campaign } from '../api/shop-answers.ts'
import { Head } from '../parts/head.tsx'
import { KindFields } from '../parts/kind-fields.tsx'
import { emptyKind } from '../state/campaign-values.ts'
import { createForm } from '../state/form.ts'
import { readKind } from '../state/read-kind.ts'
import { useApp, useFresh, useMainButton } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'

/** One more kind of voucher for a campaign that is there. @patent 11 */
export function AddKindScreen({ campaign }: { campaign: Campaign }) {
  const { router, telegram, say } = useApp()
  const { api, campaigns, stores } = useDesk()
  const { form: t, campaign: words } = useShopWords().texts
  const all = useFresh(stores).value.value ?? []
  const { isBusy, run } = useDeed()
  const { campaignId, currency, drawMaxMinor } = campaign
  const form = useMemo(
    () =>
      createForm(emptyKind(), (values) => readKind(values, currency, drawMaxMinor ?? undefined)),
    [currency, drawMaxMinor],
  )
  const save = async () => {
    const body = form.send()
    if (!body) return telegram.feel('error')
    if (!(await run(body, (key) => api.addKind(campaignId, body, key)))) return
    await campaigns.refresh()
    say(words.saved)
    router.back()
  }
  useMainButton({ text: t.kind.save, isBusy, onPress: () => void save() })
  return (
    <>
      <Head title={words.addKind} text={campaign.name} />
      <section class="card form">
        <KindFields
          form={form}
          currency={currency}
          stores={all}
          isRandom={campaign.mode === 'random'}
        />
      </section>
    </>
  )
}
