type SegmentsProps<Value extends string> = {
  label: string
  options: Readonly<Record<Value, string>>
  value: Value
  onChoose: (value: Value) => void
}

/** A few choices side by side. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, options, value, onChoose } = props
  return (
    <fieldset class="segments">
      <legend class="unseen">{label}</legend>
      {(Object.entries(options) as [Value, string][]).map(([name, text]) => (
        <label key={name} class="segments__one">
          <input
            type="radio"
            class="unseen"
            name={label}
            checked={name === value}
            onChange={() => onChoose(name)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}
