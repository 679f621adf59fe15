import { expect, test } from 'vitest'

import { dayIn, endOfDay, isZone, startOfDay } from '../../../src/miniapp/state/zoned-day.ts'

test.each([
  ['2026-12-05', 'Asia/Shanghai', '2026-12-04T16:00:00.000Z', '2026-12-05T16:00:00.000Z'],
  ['2026-12-05', 'Asia/Kathmandu', '2026-12-04T18:15:00.000Z', '2026-12-05T18:15:00.000Z'],
  ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00.000Z', '2026-03-29T23:00:00.000Z'],
  ['2026-10-25', 'Europe/London', '2026-10-24T23:00:00.000Z', '2026-10-26T00:00:00.000Z'],
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  ['2026-09-27', 'Pacific/Auckland', '2026-09-26T12:00:00.000Z', '2026-09-27T11:00:00.000Z'],
  ['2026-12-31', 'Pacific/Kiritimati', '2026-12-30T10:00:00.000Z', '2026-12-31T10:00:00.000Z'],
])('%s in %s lasts from %s to %s, clock changes included', (day, zone, start, end) => {
  expect(startOfDay(day, zone)).toBe(start)
  expect(endOfDay(day, zone)).toBe(end)
  expect(dayIn(Date.parse(start), zone)).toBe(day)
  expect(dayIn(Date.parse(end) - 1, zone)).toBe(day)
})

test('29 February is a day in a leap year only, and what is no day is none', () => {
  expect(startOfDay('2028-02-29', 'UTC')).toBe('2028-02-29T00:00:00.000Z')
  for (const day of ['2027-02-29', '2027-13-01', '', '29.2.2028', '2027-1-1']) {
    expect(startOfDay(day, 'UTC'), day).toBeUndefined()
    expect(endOfDay(day, 'UTC'), day).toBeUndefined()
  }
})

test('a zone that does not exist is told apart', () => {
  expect(['Europe/London', 'UTC', 'Mars/Olympus', ''].map(isZone)).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(startOfDay('2027-01-01', 'Mars/Olympus')).toBeUndefined()
})
