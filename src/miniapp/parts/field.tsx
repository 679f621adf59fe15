import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

type FieldProps = {
  id: string
  label: string
  value: Signal<string>
  maxLength?: number
  /** What is wrong with it; empty while nothing is. */
  fault?: string
  /** What else there is to know, as long as nothing is wrong. */
  hint?: string
  /** What stands behind the value, e.g. its currency. */
  unit?: string
  type?: 'text' | 'date' | 'time'
  inputMode?: 'text' | 'decimal' | 'numeric'
  /** A code is written in wide letters and capitals. */
  look?: 'plain' | 'code'
  onLeave?: () => void
}

/** One line of text with its label, and what is wrong with it said right under it. */
export function Field({
  id,
  label,
  value,
  maxLength = 40,
  fault = '',
  hint = '',
  unit,
  type = 'text',
  inputMode = 'text',
  look = 'plain',
  onLeave,
}: FieldProps) {
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <span class="field__line">
        <input
          id={id}
          name={id}
          class={look === 'code' ? 'field__code' : ''}
          // the types of the three take no union of them
          type={type as 'text'}
          inputMode={inputMode}
          autocomplete="off"
          autocapitalize={look === 'code' ? 'characters' : 'off'}
          spellcheck={false}
          maxLength={maxLength}
          value={value.value}
          aria-invalid={fault !== ''}
          {...((fault || hint) && { 'aria-describedby': `${id}-note` })}
          onInput={(event) => (value.value = event.currentTarget.value)}
          onBlur={onLeave}
        />
        {unit && <span class="field__unit">{unit}</span>}
      </span>
      <Note id={id} fault={fault} hint={hint} />
    </p>
  )
}

/** Several lines of text. */
export function LongField({ id, label, value, maxLength = 600 }: FieldProps) {
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={id}
        rows={3}
        maxLength={maxLength}
        value={value.value}
        onInput={(event) => (value.value = event.currentTarget.value)}
      />
    </p>
  )
}

type ChoiceProps<Value extends string> = {
  id: string
  label: string
  value: Value
  options: Readonly<Partial<Record<Value, string>>>
  onChoose: (value: Value) => void
}

/** One of several, in the list that the phone shows for it. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { id, label, value, options, onChoose } = props
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={id}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value as Value)}
      >
        {(Object.entries(options) as [Value, string][]).map(([name, text]) => (
          <option key={name} value={name} selected={name === value}>
            {text}
          </option>
        ))}
      </select>
    </p>
  )
}

type SwitchProps = {
  id: string
  label: string
  isOn: boolean
  isBusy?: boolean
  children?: ComponentChildren
  onSwitch: (isOn: boolean) => void
}

/** On or off. */
export function Switch({ id, label, isOn, isBusy, children, onSwitch }: SwitchProps) {
  return (
    <p class="switch">
      <label for={id}>
        <span>{label}</span>
        {children && <small>{children}</small>}
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        disabled={isBusy}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
    </p>
  )
}

function Note({ id, fault, hint }: { id: string; fault: string; hint: string }) {
  if (!fault && !hint) return null
  return (
    <span class={fault ? 'field__fault' : 'field__hint'} id={`${id}-note`}>
      {fault || hint}
    </span>
  )
}
