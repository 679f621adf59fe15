import { useMemo } from 'preact/hooks'

import type { Campaign } from '../api/shop-answers.ts'
import { FormField } from '../parts/form-field.tsx'
import { Head } from '../parts/head.tsx'
import { createForm } from '../state/form.ts'
import { readChange, usedOf, valuesOfCampaign } from '../state/read-change.ts'
import { useApp, useMainButton } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'

/** More money, more vouchers, more days; less only down to what is used. */
export function ChangeScreen({ campaign }: { campaign: Campaign }) {
  const { router, say, telegram } = useApp()
  const { api, campaigns } = useDesk()
  const { texts, money, count } = useShopWords()
  const { form: t, campaign: words } = texts
  const { isBusy, run } = useDeed()
  const form = useMemo(
    () =>
      createForm(valuesOfCampaign(campaign), (values) => readChange(values, campaign, Date.now())),
    [campaign],
  )
  const { campaignId, currency } = campaign
  const save = async () => {
    const body = form.send()
    if (!body) return telegram.feel('error')
    if (!(await run(body, (key) => api.change(campaignId, body, key)))) return
    await campaigns.refresh()
    say(words.saved)
    router.back()
  }
  const isOff = Object.keys(form.read.value.body).length === 0
  useMainButton({ text: words.save, isBusy, isOff, onPress: () => void save() })
  return (
    <>
      <Head title={words.change} text={words.changeText} />
      <section class="card form">
        <FormField form={form} name="name" label={t.name} maxLength={120} />
        <FormField form={form} name="ends" label={t.ends} kind="date" />
        <FormField
          form={form}
          name="budget"
          label={t.budget}
          kind="amount"
          unit={currency}
          hint={words.used(money(usedOf(campaign), currency))}
        />
        <FormField
          form={form}
          name="maxVouchers"
          label={t.maxVouchers}
          kind="whole"
          hint={words.usedOrNone(count(campaign.issuedCount))}
        />
        <FormField form={form} name="dayMaxVouchers" label={t.dayMax} kind="whole" isOptional />
        <FormField
          form={form}
          name="dayBudget"
          label={t.dayBudget}
          kind="amount"
          unit={currency}
          isOptional
        />
      </section>
    </>
  )
}
