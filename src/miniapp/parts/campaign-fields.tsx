import type { Store } from '../api/shop-answers.ts'
import type { CampaignValues } from '../state/campaign-values.ts'
import type { Form } from '../state/form.ts'
import { useShopWords } from '../state/use-desk.ts'
import { LongField, Switch } from './field.tsx'
import { ChoiceField, FormField, FormFold, StoreBoxes } from './form-field.tsx'
import { Weekdays } from './weekdays.tsx'

type Props = { form: Form<CampaignValues>; currency: string }

/** What every campaign needs: its name, what people read, the money, and until when. */
export function Basics({ form, currency }: Props) {
  const { form: t } = useShopWords().texts
  const { fields } = form
  return (
    <section class="card form">
      <h2 class="card__title">{t.basics}</h2>
      <FormField form={form} name="name" label={t.name} maxLength={120} />
      <FormField form={form} name="title" label={t.shown} maxLength={120} hint={t.shownHint} />
      <LongField id="body" label={t.body} value={fields.body} />
      <ChoiceField form={form} name="mode" label={t.mode} options={t.modes} />
      <FormField form={form} name="budget" label={t.budget} kind="amount" unit={currency} />
      <FormField form={form} name="slots" label={t.slots} kind="whole" />
      {fields.mode.value === 'random' && <Pot form={form} currency={currency} />}
      <FormField form={form} name="ends" label={t.ends} kind="date" />
    </section>
  )
}

function Pot({ form, currency }: Props) {
  const { form: t } = useShopWords().texts
  return (
    <>
      <FormField form={form} name="pot" label={t.pot} kind="amount" unit={currency} />
      <div class="pair">
        <FormField form={form} name="least" label={t.least} kind="amount" />
        <FormField form={form} name="most" label={t.most} kind="amount" />
      </div>
    </>
  )
}

/** Which orders it is offered for. */
export function Fits({ form, currency }: Props) {
  const { form: t } = useShopWords().texts
  return (
    <FormFold form={form} title={t.fits} names={['minTotal', 'categories', 'customer']}>
      <FormField form={form} name="minTotal" label={t.minTotal} kind="amount" unit={currency} />
      <FormField
        form={form}
        name="categories"
        label={t.categories}
        maxLength={600}
        hint={t.categoriesHint}
      />
      <ChoiceField form={form} name="customer" label={t.customer} options={t.customers} />
    </FormFold>
  )
}

/** On which days and hours it gives. */
export function When({ form }: Pick<Props, 'form'>) {
  const { texts } = useShopWords()
  const { form: t, fault } = texts
  const wrong = form.faultOf('weekdays')
  return (
    <FormFold form={form} title={t.when} names={['starts', 'zone', 'weekdays', 'from', 'to']}>
      <FormField form={form} name="starts" label={t.starts} kind="date" hint={t.startsHint} />
      <Weekdays
        id="weekdays"
        label={t.weekdays}
        value={form.fields.weekdays}
        fault={wrong ? fault[wrong] : ''}
      />
      <div class="pair">
        <FormField form={form} name="from" label={t.from} kind="time" />
        <FormField form={form} name="to" label={t.to} kind="time" hint={t.hoursHint} />
      </div>
      <FormField form={form} name="zone" label={t.zone} maxLength={60} />
    </FormFold>
  )
}

/** How many and how much, in all, a day and for one person. */
export function Limits({ form, currency }: Props) {
  const { form: t } = useShopWords().texts
  const isPerShare = form.fields.claimScope.value === 'share'
  return (
    <FormFold
      form={form}
      title={t.limits}
      names={['maxVouchers', 'dayMaxVouchers', 'dayBudget', 'claimScope', 'personLimit']}
    >
      <FormField form={form} name="maxVouchers" label={t.maxVouchers} kind="whole" isOptional />
      <div class="pair">
        <FormField form={form} name="dayMaxVouchers" label={t.dayMax} kind="whole" isOptional />
        <FormField
          form={form}
          name="dayBudget"
          label={t.dayBudget}
          kind="amount"
          unit={currency}
          isOptional
        />
      </div>
      <ChoiceField form={form} name="claimScope" label={t.scope} options={t.scopes} />
      {isPerShare && (
        <div class="pair">
          <FormField form={form} name="personLimit" label={t.personLimit} kind="whole" isOptional />
          <ChoiceField form={form} name="personPeriod" label={t.period} options={t.periods} />
        </div>
      )}
    </FormFold>
  )
}

/** How long a share lives, and what its sharer gets. */
export function Sharing({ form }: Pick<Props, 'form'>) {
  const { form: t } = useShopWords().texts
  const { sharerMayClaim, rewardFor } = form.fields
  return (
    <FormFold
      form={form}
      title={t.sharing}
      names={['linkDays', 'sharerMayClaim', 'rewardFor', 'rewardAfter']}
    >
      <FormField form={form} name="linkDays" label={t.linkDays} kind="whole" />
      <Switch
        id="sharerMayClaim"
        label={t.sharerMayClaim}
        isOn={sharerMayClaim.value}
        onSwitch={(isOn) => (sharerMayClaim.value = isOn)}
      />
      <ChoiceField form={form} name="rewardFor" label={t.rewardFor} options={t.rewards} />
      {rewardFor.value !== 'none' && (
        <FormField form={form} name="rewardAfter" label={t.rewardAfter} kind="whole" />
      )}
    </FormFold>
  )
}

/** How long and where its vouchers are valid. */
export function Validity({ form, stores }: Pick<Props, 'form'> & { stores: Store[] }) {
  const { form: t } = useShopWords().texts
  return (
    <FormFold form={form} title={t.validity} names={['validDays', 'storeIds']}>
      <FormField form={form} name="validDays" label={t.validDays} kind="whole" />
      {stores.length > 1 && <StoreBoxes value={form.fields.storeIds} stores={stores} />}
    </FormFold>
  )
}

export function Refunds({ form }: Pick<Props, 'form'>) {
  const { form: t } = useShopWords().texts
  return (
    <FormFold form={form} title={t.refunds} names={['onCancelledShare', 'onRefund']}>
      <ChoiceField form={form} name="onCancelledShare" label={t.onShare} options={t.onShares} />
      <ChoiceField form={form} name="onRefund" label={t.onSpent} options={t.onSpents} />
    </FormFold>
  )
}
