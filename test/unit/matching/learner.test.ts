import { expect, test } from 'vitest'

import { uniforms } from '../../../src/matching/draws.ts'
import { KIND_FEATURES, PERSON_FEATURES } from '../../../src/matching/features.ts'
import { readLogged, readPriors } from '../../../src/matching/kept.ts'
import {
  beginning,
  countLearnt,
  decodeLearnt,
  encodeLearnt,
  fold,
  type Lesson,
  type Point,
  usualPriors,
} from '../../../src/matching/learner.ts'

const ARMS = ['vtp_a', 'vtp_b', 'vtp_c']

/** Lessons of chance, the same ones for the same seed. */
function lessons(count: number, point: Point, seed = 1): Lesson[] {
  const next = uniforms(seed)
  return Array.from({ length: count }, () => {
    const stage = point === 'offer' && next() < 0.5 ? 'claimed' : 'redeemed'
    const answer = next() < 0.4 ? 1 : 0
    return {
      stage,
      person: PERSON_FEATURES.map((_, i) => (i === 0 ? 1 : Math.round(8 * next()) / 8)),
      arm: ARMS[Math.floor(3 * next())] ?? '',
      kind: KIND_FEATURES.map(() => Math.round(8 * next()) / 8),
      answer,
      ...(answer === 1 && { paid: { orderMinor: 2000, costMinor: 500 } }),
    }
  })
}

function learntFrom(point: Point, all: readonly Lesson[]) {
  const priors = usualPriors(point)
  const learnt = beginning(priors)
  for (const lesson of all) fold(learnt, point, lesson, priors)
  return learnt
}

test.each(['voucher', 'offer'] as const)(
  'patent 12: what was learnt at the point %s goes on from its bytes to the last bit',
  (point) => {
    const all = lessons(300, point)
    const priors = usualPriors(point)

    const inOneGo = encodeLearnt(learntFrom(point, all))
    const half = decodeLearnt(encodeLearnt(learntFrom(point, all.slice(0, 137))), point)
    for (const lesson of all.slice(137)) fold(half, point, lesson, priors)

    expect(Buffer.from(encodeLearnt(half)).equals(Buffer.from(inOneGo))).toBe(true)
    expect(countLearnt(half)).toBe(300)
  },
)

test('what cannot be learnt from is left out and changes nothing', () => {
  const learnt = learntFrom('voucher', lessons(20, 'voucher'))
  const before = encodeLearnt(learnt)
  const [good] = lessons(1, 'voucher')
  if (!good) throw new Error('no lesson')
  const bad: Lesson[] = [
    { ...good, stage: 'claimed' },
    { ...good, person: [1, 2] },
    { ...good, person: good.person.map(() => Number.NaN) },
    { ...good, kind: good.kind.map(() => Number.POSITIVE_INFINITY) },
    { ...good, kind: [] },
    { ...good, person: good.person.map(() => 1e200) },
  ]

  const answers = bad.map((lesson) => fold(learnt, 'voucher', lesson, usualPriors('voucher')))

  expect(answers).toEqual(bad.map(() => false))
  expect(Buffer.from(encodeLearnt(learnt)).equals(Buffer.from(before))).toBe(true)
})

test('of an arm it is known with what orders it was redeemed; what was silent longest is forgotten', () => {
  const [first] = lessons(1, 'voucher')
  if (!first) throw new Error('no lesson')
  const yes = { ...first, answer: 1, paid: { orderMinor: 2000, costMinor: 500 } } as const
  const learnt = learntFrom('voucher', [
    yes,
    { ...yes, arm: 'vtp_new' },
    ...Array.from({ length: 199 }, (_, i) => ({ ...yes, arm: `vtp_${i}` })),
    { ...yes, arm: 'vtp_new' },
  ])

  expect(Object.keys(learnt.money)).toHaveLength(200)
  expect(learnt.money[yes.arm]).toBeUndefined()
  expect(learnt.money['vtp_new']).toEqual({ count: 2, orderMinor: 4000, costMinor: 1000 })
})

test('bytes that are not whole, or of another point, are refused', () => {
  const bytes = encodeLearnt(learntFrom('voucher', lessons(20, 'voucher')))
  const broken: [Uint8Array, Point][] = [
    [bytes.subarray(0, 3), 'voucher'],
    [bytes.subarray(0, 100), 'voucher'],
    [bytes.subarray(0, bytes.length - 4), 'voucher'],
    [Uint8Array.from([...bytes, 0, 0, 0, 0]), 'voucher'],
    [bytes, 'offer'],
    [new Uint8Array(1000), 'voucher'],
  ]

  for (const [part, point] of broken) expect(() => decodeLearnt(part, point)).toThrow(RangeError)
})

test('priors are read as they were kept, and not when they are of other features', () => {
  const priors = usualPriors('offer')
  const [one] = priors
  const kept = (value: unknown) => readPriors(JSON.parse(JSON.stringify(value)), 'offer')

  expect(kept(priors)).toEqual(priors)
  for (const bad of [null, {}, [], [one], [one, null], [one, { ...one, kindMeans: [1] }]]) {
    expect(kept(bad)).toBeUndefined()
  }
  expect(kept([one, { ...one, personMeans: [0.5] }])).toBeUndefined()
})

test.each([
  null,
  [],
  'text',
  {},
  { x: [1] },
  { x: null, arms: [] },
  { x: [1], arms: [null] },
  { x: [1], arms: [{ id: 'a', p: 'b', e: 1, w: 1, z: [] }] },
])('no model has decided where %j was kept', (kept) => {
  expect(readLogged(kept)).toBeUndefined()
})
