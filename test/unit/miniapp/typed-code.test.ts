import { expect, test } from 'vitest'

import { isAskable, isComplete, readScannedCode } from '../../../src/miniapp/state/typed-code.ts'

const CODE = '7KQ2M4XV9RTCV'

test('a code that is complete and right needs no button, however it is written', () => {
  expect([CODE, '7kq2-m4xv-9rtc-v', ' 7KQ2 M4XV 9RTC V'].map(isComplete)).toEqual([
    true,
    true,
    true,
  ])
  expect([CODE.slice(0, -1), '7KQ2M4XV9RTCW', ''].map(isComplete)).toEqual([false, false, false])
})

test('a merchant’s own code is for the server to know', () => {
  expect(['SPRING-2026', '7KQ2M4XV9RTCW', 'ab', ''].map(isAskable)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('a camera’s link is no code of a voucher', () => {
  const scanned = [CODE, ` ${CODE}\n`, 'SPRING-2026', 'https://shop.example/r/abc', '王']

  expect(scanned.map(readScannedCode)).toEqual([CODE, CODE, 'SPRING-2026', undefined, undefined])
})
