import { useSignal } from '@preact/signals'

import type { Campaign, Kind } from '../api/shop-answers.ts'
import { MOST_VOUCHERS, Reader } from '../state/read-field.ts'
import { useApp } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { tellKind } from '../words/campaign-words.ts'
import { tellHours } from '../words/hours-words.ts'
import { Bar } from './bar.tsx'
import { Button } from './button.tsx'
import { Field } from './field.tsx'

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
      {mayChange && <Quantity kind={kind} />}
    </div>
  )
}

/** More of a kind, or fewer: never fewer than were given. */
function Quantity({ kind }: { kind: Kind }) {
  const { say } = useApp()
  const { api, campaigns } = useDesk()
  const { texts } = useShopWords()
  const { isBusy, run } = useDeed()
  const typed = useSignal(String(kind.quantity))
  const reader = new Reader<'quantity'>()
  const quantity = reader.whole('quantity', typed.value, MOST_VOUCHERS)
  const fault = reader.faults.quantity
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    if (quantity === undefined) return
    const request = { templateId: kind.templateId, quantity }
    const isDone = await run(request, (key) => api.changeKind(kind.templateId, { quantity }, key))
    if (!isDone) return
    say(texts.campaign.saved)
    await campaigns.refresh()
  }
  return (
    <details class="over kind__change">
      <summary>{texts.campaign.changeQuantity}</summary>
      <form class="form" noValidate onSubmit={(event) => void save(event)}>
        <Field
          id={`quantity-${kind.templateId}`}
          label={texts.campaign.quantity}
          value={typed}
          inputMode="numeric"
          fault={fault ? texts.fault[fault] : ''}
        />
        <Button
          isSubmit
          isBusy={isBusy}
          isOff={quantity === undefined || quantity === kind.quantity}
        >
          {texts.campaign.save}
        </Button>
      </form>
    </details>
  )
}
