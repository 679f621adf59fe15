import { describe, expect, test } from 'vitest'

import { sayReason, WORDED_FEATURES } from '../../../src/domain/reason-words.ts'
import { type DecisionRecord, explainToMerchant, explainToPerson } from '../../../src/domain/why.ts'
import { KIND_FEATURES, PERSON_FEATURES } from '../../../src/matching/features.ts'

const KINDS = [
  { id: 'vtp_tea', name: 'Tea', traits: { tea: 0.4 } },
  { id: 'vtp_candles', name: 'Candles', traits: { candles: 0.9, returning: 0.3 } },
  { id: 'vtp_preset', name: '£1 off', traits: {} },
]

/** Candles, chosen by the model among these, one in ten being compared with. */
const DECISION: DecisionRecord = {
  point: 'voucher',
  candidates: {
    x: [1, 0.5],
    control: 0.1,
    isControl: false,
    lambda: 0.25,
    preset: 'vtp_preset',
    arms: [
      { id: 'vtp_tea', p: 0.3, e: 0.21, w: 1, z: [0] },
      { id: 'vtp_candles', p: 0.7, e: 0.33, w: 1, z: [1] },
      { id: 'vtp_preset', p: 0, e: 0.1, w: 1, z: [0] },
    ],
  },
  chosenId: 'vtp_candles',
  chosenBy: 'match',
  propensity: 0.63,
  reasons: [
    { feature: 'fit', points: 12, high: true },
    { feature: 'orders', points: 3, high: true },
  ],
  model: 'voucher/7',
  isRandom: false,
  kinds: KINDS,
}

describe('words of reasons', () => {
  const features = new Set(
    [...PERSON_FEATURES, ...KIND_FEATURES]
      .map(({ text }) => text)
      .filter((text) => text !== 'always'),
  )

  test('every feature of the model has words in both languages, both ways, for both who read them', () => {
    for (const feature of features) {
      for (const high of [true, false]) {
        for (const voice of ['you', 'they'] as const) {
          const said = sayReason({ feature, high }, [], voice)
          expect(said?.en, feature).toMatch(/^[A-Z].+\.$/)
          expect(said?.zh, feature).toMatch(/^[\p{Script=Han}].+。$/u)
        }
      }
    }
  })

  test('there are words for nothing that the model does not know', () => {
    expect(WORDED_FEATURES.filter((feature) => !features.has(feature))).toEqual([])
  })

  test('high and low are told apart, but for the time of day', () => {
    const alike = WORDED_FEATURES.filter(
      (feature) =>
        sayReason({ feature, high: true }, [], 'you')?.en ===
        sayReason({ feature, high: false }, [], 'you')?.en,
    )

    expect(alike).toEqual(['hour'])
  })

  test('a merchant never reads “you” of a customer', () => {
    for (const feature of WORDED_FEATURES) {
      for (const high of [true, false]) {
        const said = sayReason({ feature, high }, [], 'they')
        expect(said?.en).not.toMatch(/\byour?s?\b/i)
        expect(said?.zh).not.toContain('您')
      }
    }
    expect(sayReason({ feature: 'kept', high: true }, [], 'they')).toEqual({
      en: 'They have used most of their vouchers.',
      zh: '顾客的券大多用掉了。',
    })
  })

  test('for whom something is meant is named where the merchant said so', () => {
    expect(sayReason({ feature: 'fit', high: true }, ['candles', 'sharer'], 'you')).toEqual({
      en: 'It is meant for people who buy “candles” or people who share, and that fits.',
      zh: '它面向购买“candles”的顾客或乐于分享的顾客，与您相符。',
    })
  })

  test('a feature that the model has no more is left out', () => {
    expect(sayReason({ feature: 'shoeSize', high: true }, [], 'you')).toBeUndefined()
  })
})

describe('a decision of the model', () => {
  test('is told with its reasons and what else there was', () => {
    const why = explainToPerson(DECISION)

    expect(why).toMatchObject({
      point: 'voucher',
      by: 'match',
      said: { en: 'It was matched with what you buy and do here.' },
      model: 'voucher/7',
      chance: 0.63,
      reasons: [
        {
          feature: 'fit',
          points: 12,
          said: { en: expect.stringContaining('buy “candles” or returning') },
        },
        { feature: 'orders', points: 3, said: { zh: '您近三个月下过单。' } },
      ],
    })
    expect(why.candidates.map(({ name, isChosen }) => [name, isChosen])).toEqual([
      ['Candles', true],
      ['Tea', false],
      ['£1 off', false],
    ])
    expect(why.candidates.map(({ chance }) => Number(chance.toFixed(4)))).toEqual([0.63, 0.27, 0.1])
  })

  test('tells the merchant also what was expected, and of the person nothing that is a number', () => {
    const why = explainToMerchant(DECISION)

    expect(why).toMatchObject({
      lambda: 0.25,
      candidates: [{ name: 'Candles', expected: 0.33 }, {}, {}],
    })
    expect(JSON.stringify(why)).not.toMatch(/"x"|"z"|telegram/)
    expect(explainToPerson(DECISION)).not.toHaveProperty('lambda')
    expect(JSON.stringify(explainToPerson(DECISION))).not.toContain('expected')
  })

  test('for which nothing spoke was left to chance', () => {
    const why = explainToPerson({ ...DECISION, reasons: [{ why: 'chance' }] })

    expect(why).toMatchObject({ by: 'draw', reasons: [], chance: 0.63 })
    expect(why.said.en).toContain('chance decided')
  })

  test('where there was one only was none', () => {
    const arms = [{ id: 'vtp_tea', p: 1, e: 0.2, w: 1, z: [0] }]
    const candidates = { x: [1], control: 0, isControl: false, lambda: 0, preset: null, arms }

    expect(
      explainToPerson({
        ...DECISION,
        candidates,
        chosenId: 'vtp_tea',
        reasons: [{ why: 'chance' }],
      }),
    ).toMatchObject({ by: 'only', candidates: [{ name: 'Tea', chance: 1 }] })
  })

  test('whose voucher was gone by then ended with the preset one', () => {
    expect(
      explainToPerson({ ...DECISION, chosenBy: 'fallback', chosenId: 'vtp_preset' }),
    ).toMatchObject({
      by: 'preset',
      reasons: [],
      said: { en: 'What was chosen was gone by then, so it is the standard voucher.' },
    })
  })
})

describe('where the model did not choose', () => {
  test.each([
    ['control', 'control', 'One in ten customers gets the standard voucher'],
    ['not_personal', 'not_personal', 'You asked us not to personalise'],
    ['stranger', 'stranger', 'You were new to this shop'],
    ['none_left', 'preset', 'Nothing else was left'],
    ['fault', 'preset', 'Nothing could be matched at that moment'],
    ['paced', 'preset', 'The money of the campaign has to last'],
    ['stop_loss', 'stop_loss', 'gives everybody its standard voucher'],
    ['reward', 'reward', 'thank-you'],
    ['random', 'random', 'as for everybody in this campaign'],
  ] as const)('%s: it says so, and gives no reasons', (stored, by, words) => {
    const chosenBy = stored === 'reward' ? 'reward' : stored === 'random' ? 'draw' : 'fallback'
    const why = explainToPerson({ ...DECISION, chosenBy, reasons: [{ why: stored }] })

    expect(why).toMatchObject({ by, reasons: [] })
    expect(why.said.en).toContain(words)
    expect(why.said.zh).toMatch(/。$/)
  })

  test('another control share is told as a percentage, and one that is not known as some', () => {
    const asControl = (candidates: unknown) =>
      explainToMerchant({
        ...DECISION,
        candidates,
        chosenBy: 'fallback',
        reasons: [{ why: 'control' }],
      })
    const logged = DECISION.candidates as object

    expect(asControl({ ...logged, control: 0.075 }).said).toEqual({
      en: '7.5% of all customers get the standard voucher, whatever is known of them, so that it shows whether matching helps. This is one of them.',
      zh: '7.5% 的顾客会得到标准券，不论对他们了解多少，以便看出匹配是否有用。这是其中之一。',
    })
    expect(asControl([]).said.en).toMatch(/^Some customers get the standard voucher/)
  })

  test('whoever wants nothing personal is told that chance decided where no preset one was left', () => {
    const reasons = [{ why: 'not_personal' }]

    expect(explainToPerson({ ...DECISION, chosenBy: 'draw', reasons }).said.en).toBe(
      'You asked us not to personalise, so chance decided.',
    )
    expect(explainToPerson({ ...DECISION, point: 'offer', reasons }).said.en).toBe(
      'You asked us not to personalise, so offers come in their usual order.',
    )
  })
})

describe('decisions from before there was a model', () => {
  const candidates = [
    { id: 'vtp_tea', score: 0, probability: 0.05 },
    { id: 'vtp_candles', score: 0.4, probability: 0.95 },
  ]

  test('are told with the traits that fitted', () => {
    const reasons = [{ trait: 'candles', weight: 0.4 }]
    const why = explainToPerson({ ...DECISION, candidates, reasons, model: 'stated-features-1' })

    expect(why).toMatchObject({
      by: 'match',
      reasons: [
        {
          feature: 'fit',
          said: { en: 'It is meant for people who buy “candles”, and that fits.' },
        },
      ],
      candidates: [
        { name: 'Candles', chance: 0.95 },
        { name: 'Tea', chance: 0.05 },
      ],
    })
    expect(why.reasons[0]).not.toHaveProperty('points')
  })

  test.each([
    [true, 'random'],
    [false, 'draw'],
  ])('are told apart by whether their campaign draws by lot: %s', (isRandom, by) => {
    const drawn = { ...DECISION, candidates, chosenBy: 'draw', reasons: [], isRandom } as const

    expect(explainToPerson(drawn)).toMatchObject({ by, reasons: [] })
  })
})
