import { expect, test } from 'vitest'

import { dayOf, daysBetween, daysLater, isDay } from '../../../src/domain/days.ts'

test.each([
  ['2026-03-28T23:59:59Z', 'Europe/London', '2026-03-28'],
  ['2026-03-29T22:59:59Z', 'Europe/London', '2026-03-29'],
  ['2026-03-29T23:00:00Z', 'Europe/London', '2026-03-30'],
  ['2026-11-21T16:00:00Z', 'Asia/Shanghai', '2026-11-22'],
  ['2026-11-21T18:15:00Z', 'Asia/Kathmandu', '2026-11-22'],
])('%s in %s is on %s', (at, zone, day) => {
  expect(dayOf(new Date(at), zone)).toBe(day)
})

test('days follow one another across the end of a February and of a year', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toEqual([
    '2028-02-28',
    '2028-02-29',
    '2028-03-01',
  ])
  expect(daysLater('2026-12-31', 1)).toBe('2027-01-01')
  expect(daysBetween('2026-01-02', '2026-01-01')).toEqual([])
})

test.each(['2028-02-29', '2026-12-31'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true)
})

test.each([
  '2026-02-29',
  '2026-13-01',
  '2026-1-1',
  '0026-01-01',
  '2026-01-01T00',
  '',
  '２０２６-01-01',
])('“%s” is none', (text) => {
  expect(isDay(text)).toBe(false)
})
