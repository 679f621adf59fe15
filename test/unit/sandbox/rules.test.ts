import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeRules } from '../../../src/sandbox/rules/make-rules.ts'
import { type Fields, readRules } from '../../../src/sandbox/rules/rules.ts'

const SPEC = new URL('../../../../shared/data/bot-api-spec.json', import.meta.url)

test('the rules in the repository are what the published types say', () => {
  expect(readRules()).toEqual(makeRules())
})

test('the rules know the length limits that stand in comments only', () => {
  const { methods, objects } = readRules()

  expect(methods['sendMessage']?.['text']).toMatchObject({ min: 1, max: 4096, afterEntities: true })
  expect(methods['answerCallbackQuery']?.['text']).toMatchObject({ max: 200, unit: 'characters' })
  expect(objects['InlineKeyboardButton']?.['callback_data']).toMatchObject({
    min: 1,
    max: 64,
    unit: 'bytes',
  })
  expect(objects['BotCommand']?.['command']).toMatchObject({ max: 32, pattern: '[a-z0-9_]*' })
})

test('every type that a field names is one that the rules define', () => {
  const { methods, objects, unions } = readRules()
  const plain = ['Integer', 'Float', 'String', 'Boolean', 'True', 'InputFile']
  const fields = [...Object.values(methods), ...Object.values(objects)].flatMap(Object.values)
  const named = [...fields.flatMap((field) => field.types), ...Object.values(unions).flat()]

  const unknown = named.filter((type) => {
    const name = type.replaceAll('[]', '')
    return !(name in objects) && !(name in unions) && !plain.includes(name)
  })

  expect(unknown).toEqual([])
})

interface SpecField {
  name: string
  types: string[]
  required: boolean
}

test('the rules agree with the machine-readable specification', ({ skip }) => {
  skip(!existsSync(SPEC), 'bot-api-spec.json is not beside this checkout')
  const spec = JSON.parse(readFileSync(SPEC, 'utf8'))
  const rules = readRules()
  const specFields = (fields: SpecField[] = []) =>
    fields.map((field) => describe(field.name, field.types.map(plainType), field.required)).sort()
  const ourFields = (fields: Fields = {}) =>
    Object.entries(fields)
      .map(([name, rule]) => describe(name, rule.types, rule.required ?? false))
      .sort()

  expect(Object.keys(rules.methods).sort()).toEqual(Object.keys(spec.methods).sort())
  for (const [name, method] of Object.entries<{ fields?: SpecField[] }>(spec.methods)) {
    expect([name, ourFields(rules.methods[name])]).toEqual([name, specFields(method.fields)])
  }
  for (const [name, fields] of Object.entries(rules.objects)) {
    expect([name, ourFields(fields)]).toEqual([name, specFields(spec.types[name].fields)])
  }
})

function describe(name: string, types: string[], required: boolean): string {
  const known = types.map((type) => (type === 'True' ? 'Boolean' : type)).sort()
  return `${name}: ${known.join(' | ')}${required ? ' (required)' : ''}`
}

/** `Array of Array of X` is `X[][]` here. */
function plainType(type: string): string {
  return type.startsWith('Array of ') ? `${plainType(type.slice('Array of '.length))}[]` : type
}
