import type { Store } from '../api/shop-answers.ts'
import type { KindValues } from '../state/campaign-values.ts'
import type { Form } from '../state/form.ts'
import { isChosen, isDrawable } from '../state/read-kind.ts'
import { useShopWords } from '../state/use-desk.ts'
import { ChoiceField, FormField, FormFold } from './form-field.tsx'
import { Weekdays } from './weekdays.tsx'

type Props = {
  form: Form<KindValues>
  currency: string
  stores: Store[]
  /** Amounts are drawn: an ordinary voucher needs no value of its own. */
  isRandom: boolean
  /** Where several kinds stand on one screen, what tells their fields apart. */
  of?: string
}

/** What one kind of voucher is, who gets it, and how many there are. @patent 11 */
export function KindFields({ form, currency, stores, isRandom, of = '' }: Props) {
  const { texts } = useShopWords()
  const { kind: t } = texts.form
  const { fields } = form
  const isDrawn = isRandom && fields.role.value === 'ordinary'
  const kind = fields.kind.value
  const wrong = form.faultOf('kind')
  return (
    <>
      <ChoiceField form={form} of={of} name="role" label={t.role} options={t.roles} />
      <ChoiceField
        form={form}
        of={of}
        name="kind"
        label={t.kind}
        options={isDrawn ? drawable(t.kinds) : t.kinds}
      />
      {wrong && <p class="field__fault">{texts.fault[wrong]}</p>}
      <FormField form={form} of={of} name="name" label={t.name} maxLength={120} />
      {kind === 'percent_off' && (
        <FormField form={form} of={of} name="percent" label={t.percent} kind="amount" unit="%" />
      )}
      {!isDrawn && (
        <FormField
          form={form}
          of={of}
          name="value"
          label={t.values[kind]}
          kind="amount"
          unit={currency}
        />
      )}
      <FormField form={form} of={of} name="quantity" label={t.quantity} kind="whole" />
      <More form={form} currency={currency} stores={stores} isRandom={isRandom} of={of} />
    </>
  )
}

function drawable(kinds: Readonly<Record<KindValues['kind'], string>>) {
  const entries = Object.entries(kinds) as [KindValues['kind'], string][]
  return Object.fromEntries(entries.filter(([kind]) => isDrawable(kind)))
}

/** What it is tied to. */
function More({ form, currency, stores, isRandom, of = '' }: Props) {
  const { form: t, fault } = useShopWords().texts
  const wrong = form.faultOf('weekdays')
  return (
    <FormFold
      form={form}
      title={t.kind.more}
      names={['minSpend', 'store', 'weekdays', 'from', 'to', 'least', 'most']}
    >
      <FormField
        form={form}
        of={of}
        name="minSpend"
        label={t.kind.minSpend}
        kind="amount"
        unit={currency}
      />
      {stores.length > 1 && (
        <ChoiceField
          form={form}
          of={of}
          name="store"
          label={t.kind.store}
          options={{ '': t.everyStore, ...namesOf(stores) }}
        />
      )}
      <Weekdays
        id={`${of}weekdays`}
        label={t.kind.weekdays}
        value={form.fields.weekdays}
        fault={wrong ? fault[wrong] : ''}
      />
      <div class="pair">
        <FormField form={form} of={of} name="from" label={t.from} kind="time" />
        <FormField form={form} of={of} name="to" label={t.to} kind="time" hint={t.hoursHint} />
      </div>
      {isChosen(form.fields.role.value, isRandom) && <ChosenFields form={form} of={of} />}
    </FormFold>
  )
}

type ChosenProps = { form: Form<{ least: string; most: string }>; of?: string }

/** How often the model may choose a kind, in per cent. */
export function ChosenFields({ form, of = '' }: ChosenProps) {
  const { kind: t } = useShopWords().texts.form
  return (
    <div class="pair">
      <FormField form={form} of={of} name="least" label={t.least} kind="amount" unit="%" />
      <FormField
        form={form}
        of={of}
        name="most"
        label={t.most}
        kind="amount"
        unit="%"
        hint={t.chosenHint}
      />
    </div>
  )
}

function namesOf(stores: Store[]): Record<string, string> {
  return Object.fromEntries(stores.map(({ sourceId, name }) => [sourceId, name]))
}
