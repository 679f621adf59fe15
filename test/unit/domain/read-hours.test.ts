import { expect, test } from 'vitest'

import { readHours } from '../../../src/domain/read-hours.ts'

const ALL_DAY = { fromMinute: 0, toMinute: 1440 }
const LUNCH = { fromMinute: 660, toMinute: 840 }

test.each([
  ['mon-fri 11:00-14:00', { weekdays: 31, ...LUNCH }],
  ['Mon–Fri 11:00–14:00', { weekdays: 31, ...LUNCH }],
  ['monday - friday 11:00 - 14:00', { weekdays: 31, ...LUNCH }],
  ['11:00-14:00', { weekdays: 127, ...LUNCH }],
  ['11:00-14:00 weekdays', { weekdays: 31, ...LUNCH }],
  ['sat,sun', { weekdays: 96, ...ALL_DAY }],
  ['weekend', { weekdays: 96, ...ALL_DAY }],
  ['fri-mon', { weekdays: 1 + 16 + 32 + 64, ...ALL_DAY }],
  ['mon, wed-thu', { weekdays: 1 + 4 + 8, ...ALL_DAY }],
  ['tue', { weekdays: 2, ...ALL_DAY }],
  ['22:00-02:00', { weekdays: 127, fromMinute: 1320, toMinute: 120 }],
  ['18:00-00:00', { weekdays: 127, fromMinute: 1080, toMinute: 1440 }],
  ['18:00-24:00', { weekdays: 127, fromMinute: 1080, toMinute: 1440 }],
  ['周一至周五 11:00-14:00', { weekdays: 31, ...LUNCH }],
  ['星期六、星期日 11：00－14：00', { weekdays: 96, ...LUNCH }],
  ['周末', { weekdays: 96, ...ALL_DAY }],
  ['礼拜天', { weekdays: 64, ...ALL_DAY }],
  ['工作日 9:00-18:00', { weekdays: 31, fromMinute: 540, toMinute: 1080 }],
])('%s are hours', (text, hours) => {
  expect(readHours(text)).toEqual(hours)
})

test.each([
  '',
  '   ',
  'someday',
  'mo',
  'monn',
  'mon-',
  'mon-tue-wed',
  'mon,,tue',
  '11-14',
  '11:00',
  '11:00-',
  '11:60-14:00',
  '25:00-26:00',
  '24:00-01:00',
  '11:00-11:00',
  '00:00-00:00x',
  '11:00-14:00 15:00-16:00',
  '<b>mon</b>',
  'mon -1:00-2:00',
  '１１:００-１４:００ funday',
])('%s are none', (text) => {
  expect(readHours(text)).toBeUndefined()
})
