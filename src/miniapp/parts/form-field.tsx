import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

import type { Store } from '../api/shop-answers.ts'
import type { Form } from '../state/form.ts'
import { useShopWords } from '../state/use-desk.ts'
import { Choice, Field } from './field.tsx'
import { Fold } from './fold.tsx'

/** The names of the fields of a form that hold such a value. */
type NamesOf<Values, Kind> = {
  [Name in keyof Values]: Values[Name] extends Kind ? Name : never
}[keyof Values] &
  string

type FormFieldProps<Values extends object> = {
  form: Form<Values>
  name: NamesOf<Values, string>
  label: string
  /** Where several forms stand on one screen, what tells their fields apart. */
  of?: string
  kind?: 'text' | 'amount' | 'whole' | 'date' | 'time'
  maxLength?: number
  unit?: string
  hint?: string
  isOptional?: boolean
}

const INPUT_MODES = { amount: 'decimal', whole: 'numeric' } as const

/** A field of a form that is checked while it is filled in. */
export function FormField<Values extends object>(props: FormFieldProps<Values>) {
  const { form, name, label, of = '', kind = 'text', maxLength, unit, hint, isOptional } = props
  const { texts } = useShopWords()
  const fault = form.faultOf(name)
  const isTyped = kind === 'amount' || kind === 'whole'
  return (
    <Field
      id={of + name}
      label={label}
      value={form.fields[name] as Signal<string>}
      type={kind === 'date' || kind === 'time' ? kind : 'text'}
      inputMode={isTyped ? INPUT_MODES[kind] : 'text'}
      maxLength={maxLength ?? 20}
      fault={fault ? texts.fault[fault] : ''}
      hint={isOptional ? texts.campaign.unlimited : (hint ?? '')}
      {...(unit && { unit })}
      onLeave={() => form.leave(name)}
    />
  )
}

type ChoiceFieldProps<Values extends object> = {
  form: Form<Values>
  name: NamesOf<Values, string>
  label: string
  of?: string
  options: Readonly<Record<string, string>>
}

export function ChoiceField<Values extends object>(props: ChoiceFieldProps<Values>) {
  const { form, name, label, of = '', options } = props
  const field = form.fields[name] as Signal<string>
  return (
    <Choice
      id={of + name}
      label={label}
      value={field.value}
      options={options}
      onChoose={(value) => (field.value = value)}
    />
  )
}

type FormFoldProps<Values extends object> = {
  form: Form<Values>
  title: string
  /** What stands in it: with something wrong there, it is opened. */
  names: readonly (keyof Values & string)[]
  children: ComponentChildren
}

/** A part of a form that most leave as it is. */
export function FormFold<Values extends object>(props: FormFoldProps<Values>) {
  const { form, title, names, children } = props
  const { form: t } = useShopWords().texts
  const isWrong = names.some((name) => form.faultOf(name) !== undefined)
  const isChanged = names.some((name) => form.isChanged(name))
  return (
    <Fold title={title} summary={isChanged ? t.folded.some : t.folded.all} isOpen={isWrong}>
      {children}
    </Fold>
  )
}

/** Some of a merchant's stores; none means all of them. */
export function StoreBoxes({
  value,
  stores,
}: {
  value: Signal<readonly string[]>
  stores: Store[]
}) {
  const { form: t } = useShopWords().texts
  const toggle = (id: string, isOn: boolean) => {
    const others = value.value.filter((one) => one !== id)
    value.value = isOn ? [...others, id] : others
  }
  return (
    <fieldset class="field">
      <legend>
        {t.stores} {value.value.length === 0 && <small>{t.everyStore}</small>}
      </legend>
      {stores.map(({ storeId, name }) => (
        <label key={storeId} class="box">
          <input
            type="checkbox"
            checked={value.value.includes(storeId)}
            onChange={(event) => toggle(storeId, event.currentTarget.checked)}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  )
}
