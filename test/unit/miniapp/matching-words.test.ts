import { expect, test } from 'vitest'
import {
  tellDriver,
  tellHundred,
  tellLift,
  tellWhatIf,
} from '../../../src/miniapp/words/matching-words.ts'
import { shopWordsOf } from '../../../src/miniapp/words/shop-words.ts'
import { wordsIn } from '../../../src/miniapp/words/words.ts'

const en = shopWordsOf(wordsIn('en'))
const zh = shopWordsOf(wordsIn('zh'))
const LIFT = { low: 0.02, mean: 0.051, high: 0.08, count: 1200 }

test('what it brings is told for a hundred choices, in money or in redemptions', () => {
  expect(tellHundred(0.051, 'redemptions', 'GBP', en)).toBe('5.1 redemptions')
  expect(tellHundred(-0.00001, 'redemptions', 'GBP', en)).toBe('0 redemptions')
  expect(tellHundred(12.34, 'money', 'GBP', en)).toBe('£12.34')
  expect(tellHundred(12.34, 'money', 'JPY', zh)).toBe('JP¥1,234')
})

test.each([
  [LIFT, 'It beats the preset one', '胜过预设'],
  [{ ...LIFT, low: -0.01 }, 'Too early to say whether it beats the preset one', '还太早'],
  [{ ...LIFT, low: -0.2, high: -0.1 }, 'It does worse than the preset one', '不如预设'],
  [null, 'Too early to say what it brings', '现在说效果还太早'],
])('%o is said in a word', (lift, english, chinese) => {
  const told = { lift, objective: 'redemptions', outcomes: 60, compared: 6 } as const

  expect(tellLift(told, 'GBP', en).title).toBe(english)
  expect(tellLift(told, 'GBP', zh).title).toContain(chinese)
})

test('the bounds stand beside the word, or how many it takes', () => {
  const told = { objective: 'redemptions', outcomes: 60, compared: 6 } as const

  expect(tellLift({ ...told, lift: LIFT }, 'GBP', en).text).toBe(
    'For every 100 choices about 5.1 redemptions more: at least 2 redemptions, at most 8 redemptions. From 1,200 choices.',
  )
  const worse = { ...told, lift: { ...LIFT, low: -0.09, mean: -0.05, high: -0.01 } }
  expect(tellLift(worse, 'GBP', en).text).toContain(
    'about 5 redemptions less: at least 1 redemption, at most 9 redemptions.',
  )
  expect(tellLift({ ...told, lift: null }, 'GBP', en).text).toBe(
    '60 choices are settled; people who got the preset one to compare with: 6. It takes 200 and 10.',
  )
})

test('what drives the choice is told of people', () => {
  const driver = {
    armId: 'vtp_1',
    name: 'Coffee',
    feature: 'orders',
    withIt: 0.62,
    without: 0.31,
  }

  expect(tellDriver(driver, en)).toBe(
    '“Coffee” goes to 62% of people who have ordered often lately, to 31% of the others.',
  )
  expect(tellDriver(driver, zh)).toBe('“Coffee”：近期常下单的顾客中给 62%，其他人中给 31%。')
})

test('what another choice would have brought is told as a range', () => {
  const bounds = { low: 0.1, mean: 0.2, high: 0.3 }
  const one = {
    policy: 'always',
    name: 'Coffee',
    count: 900,
    asItWas: 0.4,
    ips: bounds,
    snips: bounds,
    doublyRobust: bounds,
  } as const

  expect(tellWhatIf(one, 'redemptions', 'GBP', en)).toEqual({
    label: 'Had everybody got “Coffee”',
    range: '10 redemptions to 30 redemptions',
  })
})
