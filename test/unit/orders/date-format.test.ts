import { expect, test } from 'vitest'

import { compileDateFormat } from '../../../src/orders/date-format.ts'

function read(text: string, format: string, zone = 'Europe/London'): string {
  const date = compileDateFormat(format)?.(text, zone)
  return date instanceof Date ? date.toISOString() : String(date)
}

test.each([
  ['12/1/10 8:26', 'M/D/YY H:mm', '2010-12-01T08:26:00.000Z'],
  ['1.12.2010', 'D.M.YYYY', '2010-12-01T00:00:00.000Z'],
  ['2010-07-01T08:26:59', 'YYYY-MM-DDTHH:mm:ss', '2010-07-01T07:26:59.000Z'],
  ['20100701', 'YYYYMMDD', '2010-06-30T23:00:00.000Z'],
  ['2/29/12', 'M/D/YY', '2012-02-29T00:00:00.000Z'],
])('%s is read as %s', (text, format, instant) => {
  expect(read(text, format)).toBe(instant)
})

test.each([
  '',
  '12/1/2010 8:26',
  '12/1/10',
  '12/1/10 8:6',
  ' 12/1/10 8:26',
  '12/1/10 8:26 PM',
  '1２/1/10 8:26',
  '12-1-10 8:26',
])('%j is not in the format M/D/YY H:mm', (text) => {
  expect(read(text, 'M/D/YY H:mm')).toBe('not_in_format')
})

test.each([
  '2/29/10 8:26',
  '13/1/10 8:26',
  '0/1/10 8:26',
  '12/32/10 8:26',
  '12/1/10 24:00',
  '12/1/10 8:60',
])('%s does not exist anywhere', (text) => {
  expect(read(text, 'M/D/YY H:mm')).toBe('no_such_time')
})

test('a time that the clocks skipped exists in other zones only', () => {
  expect(read('3/28/10 1:30', 'M/D/YY H:mm')).toBe('no_such_time')
  expect(read('3/28/10 1:30', 'M/D/YY H:mm', 'Asia/Shanghai')).toBe('2010-03-27T17:30:00.000Z')
})

test('a time that came twice is the first of the two', () => {
  expect(read('10/31/10 1:30', 'M/D/YY H:mm')).toBe('2010-10-31T00:30:00.000Z')
})

test.each([
  '',
  'YYYY',
  'MM/DD',
  'DD/MM/YYYY/MM',
  'YYY-MM-DD',
  'YYYY-MMM-DD',
  'YYYY-MM-DD hh:mm',
  'YYYY-MM-DD H:m',
  'YYYY-MM-DD HH:mm A',
])('the format %j makes no sense', (format) => {
  expect(compileDateFormat(format)).toBeUndefined()
})
