import { describe, expect, test } from 'vitest'

import {
  allowFields,
  amountField,
  type FormError,
  isYes,
  optionalPercent,
  readAmount,
  readForm,
  textField,
  wholeField,
} from '../../../src/telegram/form.ts'

test('a form is words and named fields, with quotation marks around what has blanks', () => {
  const { words, named } = readForm('7KQ2 store=S1 address="1 High Street, London" count=100')

  expect(words).toEqual(['7KQ2'])
  expect(Object.fromEntries(named)).toEqual({
    store: 'S1',
    address: '1 High Street, London',
    count: '100',
  })
})

test.each([
  'name=“Spring sale” zone=UTC',
  'name=„Spring sale“ zone=UTC',
  'name=「Spring sale」 zone=UTC',
  'name＝"Spring sale"  ZONE=UTC',
  'name="Spring sale"zone=UTC',
])('%s is read as telephones write it', (text) => {
  expect(Object.fromEntries(readForm(text).named)).toEqual({ name: 'Spring sale', zone: 'UTC' })
})

describe('is refused with a reason:', () => {
  const form = readForm('store=S1 count=0 off=abc percent=120 name="" off2=1 days=x')

  test.each([
    ['an open quotation mark', () => readForm('name="Spring'), 'fault-unclosed'],
    ['a field that stands there twice', () => readForm('a=1 a=2'), 'fault-twice'],
    ['a field that the form does not have', () => allowFields(form, 'store'), 'fault-unknown'],
    ['a missing field', () => textField(form, 'address', 10), 'fault-missing'],
    ['an empty field', () => textField(form, 'name', 10), 'fault-missing'],
    ['too long a field', () => textField(form, 'store', 1), 'fault-long'],
    ['a number out of range', () => wholeField(form, 'count', [1, 9]), 'fault-number'],
    ['no number', () => wholeField(form, 'days', [1, 9]), 'fault-number'],
    ['no amount', () => amountField(form, 'off', 'GBP'), 'fault-amount'],
    ['a percentage above 100', () => optionalPercent(form, 'percent'), 'fault-percent'],
    [
      'more decimals than the currency has',
      () => readAmount('5.001', 'off', 'GBP'),
      'fault-amount',
    ],
    [
      'an amount that could be read in two ways',
      () => readAmount('1,000', 'off', 'GBP'),
      'fault-amount',
    ],
    ['nothing', () => readAmount('0', 'off', 'GBP'), 'fault-amount'],
  ])('%s', (_, read, fault) => {
    expect(read).toThrow(expect.objectContaining({ name: 'FormError', fault }) as FormError)
  })
})

test('amounts are read in the minor units of the shop’s currency', () => {
  expect(readAmount('5', 'off', 'GBP')).toBe(500)
  expect(readAmount('500', 'off', 'JPY')).toBe(500)
  expect(readAmount('1.5', 'off', 'KWD')).toBe(1500)
})

test('percentages may have two decimals', () => {
  expect(optionalPercent(readForm('percent=12.5'), 'percent')).toBe(1250)
  expect(optionalPercent(readForm('percent=100%'), 'percent')).toBe(10_000)
  expect(optionalPercent(readForm(''), 'percent')).toBeUndefined()
})

test('yes is said in several ways', () => {
  expect(
    ['yes', 'Y', '1', '是', 'no', ''].map((word) => isYes(readForm(`preset=${word}`), 'preset')),
  ).toEqual([true, true, true, true, false, false])
})
