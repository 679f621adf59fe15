import { describe, expect, test } from 'vitest'

import type { MerchantWhyView } from '../../../src/domain/why.ts'
import { drawMerchantWhy, drawWhy } from '../../../src/telegram/draw/why.ts'
import { LANGUAGES, textsIn } from '../../../src/telegram/texts.ts'

const WHY: MerchantWhyView = {
  point: 'voucher',
  by: 'match',
  said: { en: 'It was matched.', zh: '它是匹配的。' },
  model: 'voucher/7',
  chance: 0.9,
  lambda: 0.25,
  reasons: [
    { feature: 'fit', high: true, points: 12, said: { en: 'It fits <you>.', zh: '它适合<您>。' } },
    { feature: 'hour', high: true, points: 1, said: { en: 'The hour.', zh: '时段。' } },
    { feature: 'old', high: true, said: { en: 'Old.', zh: '旧。' } },
  ],
  candidates: [
    { name: 'Tea & cake', chance: 0.9, isChosen: true, expected: 0.4 },
    { name: '<b>Candles</b>', chance: 0.0004, isChosen: false, expected: 0.0001 },
  ],
}

describe('why', () => {
  test('is told with reasons and their points, and names are escaped', () => {
    const { candidates, lambda: _, ...view } = WHY
    const plain = candidates.map(({ expected: __, ...candidate }) => candidate)

    expect(drawWhy(textsIn('en'), { ...view, candidates: plain }).text).toBe(
      [
        '💡 <b>Why this one?</b>',
        'It was matched.',
        '',
        'What spoke for it, in percentage points of how likely you are to use it:',
        '• It fits &lt;you&gt;. (+12 points)',
        '• The hour. (+1 point)',
        '• Old.',
        '',
        'What there was, and how likely each was:',
        '▸ <b>Tea &amp; cake</b> · 90%',
        '▹ &lt;b&gt;Candles&lt;/\u2060b&gt; · &lt;0.1%',
        '',
        '/privacy switches this off.',
      ].join('\n'),
    )
  })

  test('of an offer it is friends who are to use what they get', () => {
    expect(drawWhy(textsIn('en'), { ...WHY, point: 'offer' }).text).toContain(
      'how likely a friend is to use it:',
    )
  })

  test('tells the merchant what was expected, by which model and at what price of the budget', () => {
    const lines = drawMerchantWhy(textsIn('en'), WHY).text.split('\n')

    expect(lines).toContain('▸ <b>Tea &amp; cake</b> · 90% · redemption expected: 40%')
    expect(lines.join()).toContain(' · &lt;0.1% · redemption expected: &lt;0.1%')
    expect(lines.slice(-2)).toEqual([
      'Decided by voucher/7.',
      'So that the budget lasts, what a voucher is worth counted 0.25 times against it.',
    ])
  })

  test('fits a message however many there were, in either language', () => {
    const candidates = Array.from({ length: 60 }, () => ({
      name: '<'.repeat(120),
      chance: 1 / 60,
      isChosen: false,
      expected: 0.1,
    }))
    for (const language of LANGUAGES) {
      const { text } = drawMerchantWhy(textsIn(language), { ...WHY, candidates })
      expect(text.replaceAll(/&\w+;/g, '<').length).toBeLessThan(4096)
      expect(text).toMatch(/52/)
    }
  })

  test('where there was nothing to choose from no list is shown', () => {
    const { text } = drawWhy(textsIn('zh'), {
      ...WHY,
      by: 'stranger',
      reasons: [],
      candidates: WHY.candidates.slice(0, 1),
    })

    expect(text).toBe('💡 <b>为何是这一份？</b>\n它是匹配的。')
  })
})
