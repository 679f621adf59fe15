import { expect, test } from 'vitest'

import { createForm } from '../../../src/miniapp/state/form.ts'
import type { Read } from '../../../src/miniapp/state/read-field.ts'

type Values = { name: string; budget: string }

function read({ name, budget }: Values): Read<keyof Values> {
  return {
    body: { name, budget },
    faults: {
      ...(name === '' && { name: 'missing' as const }),
      ...(budget === '' && { budget: 'missing' as const }),
    },
  }
}

test('a field is blamed once it was left, and no longer when it is right', () => {
  const form = createForm({ name: '', budget: '' }, read)

  expect(form.faultOf('name')).toBeUndefined()
  form.leave('name')
  expect([form.faultOf('name'), form.faultOf('budget')]).toEqual(['missing', undefined])
  form.fields.name.value = 'Winter'
  expect(form.faultOf('name')).toBeUndefined()
})

test('nothing is sent while something is wrong, and then all of it is blamed', () => {
  const form = createForm({ name: '', budget: '' }, read)

  expect(form.send()).toBeUndefined()
  expect([form.faultOf('name'), form.faultOf('budget')]).toEqual(['missing', 'missing'])
  form.fields.name.value = 'Winter'
  form.fields.budget.value = '12'
  expect(form.send()).toEqual({ name: 'Winter', budget: '12' })
})

test('a form knows what was changed in it', () => {
  const form = createForm({ name: 'a', budget: '' }, read)

  form.fields.name.value = 'b'

  expect([form.isChanged('name'), form.isChanged('budget')]).toEqual([true, false])
})
