import { useMemo } from 'preact/hooks'

import type { Campaign, Kind } from '../api/shop-answers.ts'
import { createForm } from '../state/form.ts'
import { readKindChange, valuesOfKind } from '../state/read-kind-change.ts'
import { useApp } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { tellKind } from '../words/campaign-words.ts'
import { tellHours } from '../words/hours-words.ts'
import { Bar } from './bar.tsx'
import { Button } from './button.tsx'
import { FormField } from './form-field.tsx'
import { ChosenFields } from './kind-fields.tsx'

type KindsProps = { campaign: Campaign; mayChange: boolean }

/** The kinds of vouchers of a campaign, with how many of each are left. */
export function Kinds({ campaign, mayChange }: KindsProps) {
  const { router } = useApp()
  const { campaign: t } = useShopWords().texts
  const { templates } = campaign
  return (
    <section>
      <h2 class="section-title">{t.kinds}</h2>
      {templates.length === 0 && <p class="card">{t.noKinds}</p>}
      <ul class="rows">
        {templates.map((kind) => (
          <li key={kind.templateId}>
            <KindCard kind={kind} campaign={campaign} mayChange={mayChange} />
          </li>
        ))}
      </ul>
      {mayChange && (
        <Button
          look="plain"
          icon="plus"
          onPress={() => router.go({ screen: 'add-kind', campaign })}
        >
          {t.addKind}
        </Button>
      )}
    </section>
  )
}

function KindCard({ kind, campaign, mayChange }: { kind: Kind } & KindsProps) {
  const words = useShopWords()
  const { campaign: t } = words.texts
  const { name, issued, quantity, isFallback, isReward, storeName } = kind
  const hours = {
    weekdays: kind.useWeekdays,
    fromMinute: kind.useFromMinute,
    toMinute: kind.useToMinute,
  }
  const tied = [storeName, tellHours(hours, words)].filter(Boolean).join(' · ')
  return (
    <div class="card kind">
      <p class="kind__top">
        <strong>{name}</strong>
        {(isFallback || isReward) && <span class="pill">{isFallback ? t.fallback : t.reward}</span>}
      </p>
      <p class="row__sub">{tellKind(kind, campaign.currency, words)}</p>
      {tied && <p class="row__sub">{tied}</p>}
      <Bar
        label={t.given}
        used={issued}
        most={quantity}
        text={t.countOf(words.count(issued), words.count(quantity))}
      />
      {mayChange && <KindChange kind={kind} mode={campaign.mode} />}
    </div>
  )
}

/** More of a kind, or fewer, never fewer than were given; and how often it is chosen. */
function KindChange({ kind, mode }: { kind: Kind; mode: Campaign['mode'] }) {
  const { say } = useApp()
  const { api, campaigns } = useDesk()
  const { campaign: t } = useShopWords().texts
  const { isBusy, run } = useDeed()
  const form = useMemo(
    () => createForm(valuesOfKind(kind), (values) => readKindChange(values, kind)),
    [kind],
  )
  const { templateId, isFallback, isReward } = kind
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    const body = form.send()
    if (!body) return
    const request = { templateId, ...body }
    if (!(await run(request, (key) => api.changeKind(templateId, body, key)))) return
    say(t.saved)
    await campaigns.refresh()
  }
  const isOff = Object.keys(form.read.value.body).length === 0
  return (
    <details class="over kind__change">
      <summary>{t.changeQuantity}</summary>
      <form class="form" noValidate onSubmit={(event) => void save(event)}>
        <FormField form={form} of={templateId} name="quantity" label={t.quantity} kind="whole" />
        {mode === 'matched' && !isFallback && !isReward && (
          <ChosenFields form={form} of={templateId} />
        )}
        <Button isSubmit isBusy={isBusy} isOff={isOff}>
          {t.save}
        </Button>
      </form>
    </details>
  )
}
