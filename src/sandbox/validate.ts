import { lengthOf } from './format-text.ts'
import { misused, type Refusal, stricter } from './refusals.ts'
import type { FieldRule, Fields, Rules } from './rules/rules.ts'
import { emptyField, labelOf, tooLongFor } from './rules/words.ts'

type Values = Record<string, unknown>

/** Throws the first thing that is wrong with a call, as Telegram would say it where it would. */
export function validateCall(rules: Rules, method: string, params: Values): void {
  const fields = rules.methods[method] ?? {}
  const problem = problemInFields(rules, method, fields, params, emptyField)
  if (problem) throw problem
}

function problemInFields(
  rules: Rules,
  owner: string,
  fields: Fields,
  values: Values,
  missing: (name: string) => Refusal,
): Refusal | undefined {
  for (const [name, rule] of Object.entries(fields)) {
    if (values[name] === undefined) {
      if (rule.required) return missing(name)
      continue
    }
    const problem = problemInValue(rules, owner, name, rule, values[name])
    if (problem) return problem
  }
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(fields, name))
  return unknown === undefined ? undefined : stricter(`${owner} has no field "${unknown}"`)
}

function problemInValue(
  rules: Rules,
  owner: string,
  name: string,
  rule: FieldRule,
  value: unknown,
): Refusal | undefined {
  const types = rule.types.filter((type) => looksLike(rules, type, value))
  if (types.length === 0) return wrongType(rules, owner, name, rule)
  const problem = anyProblem(types.map((type) => problemInType(rules, type, value)))
  return (
    problem ?? problemInEnum(owner, name, rule, value) ?? problemInLength(owner, name, rule, value)
  )
}

/** No problem if one of the readings has none; else that of the first reading. */
function anyProblem(problems: (Refusal | undefined)[]): Refusal | undefined {
  return problems.includes(undefined) ? undefined : problems[0]
}

function problemInType(rules: Rules, type: string, value: unknown): Refusal | undefined {
  if (type.endsWith('[]')) {
    const element = type.slice(0, -2)
    for (const one of value as unknown[]) {
      if (!looksLike(rules, element, one))
        return misused(`can't parse ${labelOf(element)}: expected an Object`)
      const problem = problemInType(rules, element, one)
      if (problem) return problem
    }
    return undefined
  }
  const union = rules.unions[type]
  if (union) return problemInUnion(rules, type, union, value)
  const fields = rules.objects[type]
  if (!fields) return undefined
  const missing = (name: string) =>
    misused(`can't parse ${labelOf(type)}: Can't find field "${name}"`)
  return problemInFields(rules, type, fields, value as Values, missing)
}

/** Judges by the members that the value claims to be, by its `type` or by the fields it has. */
function problemInUnion(
  rules: Rules,
  name: string,
  members: string[],
  value: unknown,
): Refusal | undefined {
  const possible = members.filter((member) => looksLike(rules, member, value))
  if (possible.length === 0)
    return misused(`can't parse ${labelOf(name)}: unsupported type specified`)
  const ordered = possible.toSorted((a, b) => strange(rules, a, value) - strange(rules, b, value))
  return anyProblem(ordered.map((member) => problemInType(rules, member, value)))
}

/** How far the value is from an object: fields it should not have, and fields it lacks. */
function strange(rules: Rules, type: string, value: unknown): number {
  const fields = rules.objects[type] ?? {}
  const given = Object.keys(value as Values)
  const unknown = given.filter((name) => !Object.hasOwn(fields, name))
  const lacking = Object.keys(fields).filter(
    (name) => fields[name]?.required && !given.includes(name),
  )
  return unknown.length + lacking.length
}

/** Could the value be meant as this type? For an object: its constant fields agree. */
function looksLike(rules: Rules, type: string, value: unknown): boolean {
  if (type.endsWith('[]')) return Array.isArray(value)
  if (type === 'String' || type === 'InputFile') return typeof value === 'string'
  if (type === 'Integer') return Number.isSafeInteger(value)
  if (type === 'Float') return typeof value === 'number'
  if (type === 'Boolean') return typeof value === 'boolean'
  if (type === 'True') return value === true
  const union = rules.unions[type]
  if (union) return union.some((member) => isObject(value) || looksLike(rules, member, value))
  return isObject(value) && agrees(rules.objects[type] ?? {}, value)
}

function agrees(fields: Fields, value: Values): boolean {
  const constants = Object.entries(fields).filter(
    ([, rule]) => rule.required && rule.enum?.length === 1,
  )
  return constants.every(([name, rule]) => !(name in value) || value[name] === rule.enum?.[0])
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrongType(rules: Rules, owner: string, name: string, rule: FieldRule): Refusal {
  const words = `Field "${name}" must be of type ${rule.types.join(' or ')}`
  return owner in rules.methods
    ? stricter(`${owner}: ${words}`)
    : misused(`can't parse ${labelOf(owner)}: ${words}`)
}

function problemInEnum(owner: string, name: string, rule: FieldRule, value: unknown) {
  const given = Array.isArray(value) ? value : [value]
  const strange = given.find((one) => rule.enum && !rule.enum.includes(String(one)))
  if (strange === undefined) return undefined
  const isKnown = rule.enum?.some((one) => one.toLowerCase() === String(strange).toLowerCase())
  if (name === 'parse_mode' && !isKnown) return misused('unsupported parse_mode')
  return stricter(`${owner}: "${name}" is never "${String(strange)}"`)
}

function problemInLength(owner: string, name: string, rule: FieldRule, value: unknown) {
  if (rule.afterEntities || typeof value !== 'string') return undefined
  const length = rule.unit === 'bytes' ? Buffer.byteLength(value) : lengthOf(value)
  const isTooLong = rule.max !== undefined && length > rule.max
  const isTooShort = rule.min !== undefined && length < rule.min
  const isStrange = rule.pattern !== undefined && !new RegExp(`^${rule.pattern}$`).test(value)
  if (!isTooLong && !isTooShort && !isStrange) return undefined
  return (
    tooLongFor(owner, name) ??
    stricter(`${owner}: "${name}" takes ${rule.min ?? 0}-${rule.max} ${rule.unit}`)
  )
}
