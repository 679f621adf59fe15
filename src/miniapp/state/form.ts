import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Fault, Read } from './read-field.ts'

/** A form that is checked while it is filled in: a field is blamed once it was left, all of them once it is sent. */
export type Form<Values extends object> = {
  readonly fields: { [Name in keyof Values]: Signal<Values[Name]> }
  readonly read: ReadonlySignal<Read<keyof Values & string>>
  faultOf: (name: keyof Values & string) => Fault | undefined
  leave: (name: keyof Values & string) => void
  /** Whether it is no longer what it was at first. */
  isChanged: (name: keyof Values & string) => boolean
  /** What can be sent; undefined, with every fault shown, while something is wrong. */
  send: () => Record<string, unknown> | undefined
}

export function createForm<Values extends object>(
  values: Values,
  read: (values: Values) => Read<keyof Values & string>,
): Form<Values> {
  const entries = Object.entries(values).map(([name, value]) => [name, signal<unknown>(value)])
  const fields = Object.fromEntries(entries) as Form<Values>['fields']
  const reading = computed(() => read(valuesOf(fields)))
  const left = signal<ReadonlySet<string>>(new Set())
  const wasSent = signal(false)
  return {
    fields,
    read: reading,
    faultOf: (name) =>
      wasSent.value || left.value.has(name) ? reading.value.faults[name] : undefined,
    leave: (name) => {
      left.value = new Set([...left.value, name])
    },
    isChanged: (name) => fields[name].value !== values[name],
    send: () => {
      wasSent.value = true
      const { faults, body } = reading.value
      return Object.keys(faults).length === 0 ? body : undefined
    },
  }
}

function valuesOf<Values extends object>(fields: Form<Values>['fields']): Values {
  const entries = Object.entries(fields) as [string, Signal<unknown>][]
  return Object.fromEntries(entries.map(([name, field]) => [name, field.value])) as Values
}
