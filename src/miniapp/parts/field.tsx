import type { Signal } from '@preact/signals'

type FieldProps = {
  id: string
  label: string
  value: Signal<string>
  maxLength: number
  /** What is wrong with it; empty while nothing is. */
  fault: string
}

/** One line of text with its label, and what is wrong with it said right under it. */
export function Field({ id, label, value, maxLength, fault }: FieldProps) {
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={id}
        type="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        maxLength={maxLength}
        value={value.value}
        aria-invalid={fault !== ''}
        {...(fault && { 'aria-describedby': `${id}-fault` })}
        onInput={(event) => (value.value = event.currentTarget.value)}
      />
      {fault && (
        <span class="field__fault" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </p>
  )
}
