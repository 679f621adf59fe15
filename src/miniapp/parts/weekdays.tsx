import type { Signal } from '@preact/signals'

import { useShopWords } from '../state/use-desk.ts'
import { weekdayNames } from '../words/hours-words.ts'

type WeekdaysProps = { id: string; label: string; value: Signal<number>; fault: string }

/** Seven days, a bit for each, Monday the lowest. */
export function Weekdays({ id, label, value, fault }: WeekdaysProps) {
  const { locale } = useShopWords()
  return (
    <fieldset class="field" aria-describedby={fault ? `${id}-note` : undefined}>
      <legend>{label}</legend>
      <div class="days">
        {weekdayNames(locale).map((name, day) => (
          <label key={name} class="days__day">
            <input
              type="checkbox"
              class="unseen"
              checked={((value.value >> day) & 1) === 1}
              onChange={() => (value.value ^= 1 << day)}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      {fault && (
        <span class="field__fault" id={`${id}-note`}>
          {fault}
        </span>
      )}
    </fieldset>
  )
}
