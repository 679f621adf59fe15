import { expect, test } from 'vitest'
import { readTappedLink } from '../../../src/sandbox/links.ts'

const bot = { username: 'demo_bot', appName: 'app' }

test.each([
  ['https://t.me/demo_bot?start=abc', { kind: 'start', payload: 'abc' }],
  ['https://t.me/Demo_Bot', { kind: 'start', payload: '' }],
  ['https://t.me/demo_bot?startgroup=abc', { kind: 'startgroup', payload: 'abc' }],
  ['https://t.me/demo_bot/app?startapp=xyz', { kind: 'app', startParam: 'xyz' }],
  ['https://t.me/demo_bot?startapp=xyz', { kind: 'app', startParam: 'xyz' }],
  ['https://t.me/other_bot?start=a', { kind: 'web', url: 'https://t.me/other_bot?start=a' }],
  ['https://t.me/demo_bot/other', { kind: 'web', url: 'https://t.me/demo_bot/other' }],
  ['https://example.com/s/1', { kind: 'web', url: 'https://example.com/s/1' }],
  ['not an address', { kind: 'web', url: 'not an address' }],
])('a tapped %s is read as a client would', (address, meaning) => {
  expect(readTappedLink(address, bot)).toEqual(meaning)
})
