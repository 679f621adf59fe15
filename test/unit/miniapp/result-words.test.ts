import { expect, test } from 'vitest'

import type { Claimed } from '../../../src/miniapp/api/answers.ts'
import { en } from '../../../src/miniapp/texts/en.ts'
import { tellResult } from '../../../src/miniapp/words/result-words.ts'
import { voucher } from './sample.ts'

const NOW = Date.parse('2026-11-22T12:00:00.000Z')

function tell(result: Claimed['result'], more: Partial<Claimed> = {}) {
  return tellResult({ result, merchantName: 'Corner Bakery', ...more }, en, NOW)
}

test('whoever gets a voucher is told from whom', () => {
  expect(tell('allocated', { voucher: voucher() })).toEqual({
    mood: 'joy',
    title: 'It’s yours, from Corner Bakery',
    text: 'The voucher is in your wallet. Enjoy!',
  })
})

test('patent 9: whoever gets the preset voucher is told why it is this one', () => {
  const reasons = ['stranger', 'share_used_up', 'template_used_up', 'budget_used_up', 'none_left']

  const texts = reasons.map((reason) => tell('fallback', { reason, voucher: voucher() }).text)

  const gone = 'The shared ones were gone already, so the shop gives you this one instead.'
  expect(texts).toEqual([
    'Welcome! This one is for everybody who is new here.',
    gone,
    gone,
    gone,
    'It is in your wallet. Enjoy!',
  ])
})

test('whoever is compared with is told of their voucher like anybody else', () => {
  const textOf = (reason: string) => tell('fallback', { reason, voucher: voucher() }).text

  expect(['control', 'stop_loss', 'fault'].map(textOf)).toEqual(
    Array.from({ length: 3 }, () => 'It is in your wallet. Enjoy!'),
  )
  expect(textOf('not_personal')).toBe('As you asked, it is not personalised. It is in your wallet.')
})

test('patent 10: whoever has one already is told so', () => {
  const again = tell('repeated', { voucher: voucher() })
  const spent = tell('repeated', { voucher: voucher({ status: 'redeemed' }) })

  expect(again).toMatchObject({ title: 'You already have one', text: en.result.repeatedText })
  expect(spent).toMatchObject({ title: 'You already have one', text: en.result.repeatedOver })
})

test('everything that is refused says so in its own words', () => {
  const told = [
    tell('exhausted', { reason: 'share_used_up' }),
    tell('expired', { reason: 'share_expired' }),
    tell('expired', { reason: 'campaign_ended' }),
    tell('revoked', { reason: 'share_revoked' }),
    tell('revoked', { reason: 'campaign_stopped' }),
    tell('ineligible', { reason: 'sharer_self' }),
    tell('ineligible', { reason: 'not_started' }),
    tell('ineligible', { reason: 'campaign_paused' }),
    tell('ineligible', { reason: 'unknown_share' }),
    tell('ineligible', { reason: 'something_new' }),
  ]

  expect(new Set(told.map(({ text }) => text)).size).toBe(told.length)
  expect(told.every(({ mood }) => mood !== 'joy')).toBe(true)
})
