import { KIND_FEATURES, PERSON_FEATURES } from './features.ts'
import { armOf, featuresOf, HALF_LIFE, type Model, newModel, type Prior, teach } from './model.ts'
import { SHOP_PRIOR } from './prior.ts'
import { decodeModel, encodeModel } from './snapshot.ts'

/** Where something is chosen: which offer for an order, which kind of voucher for who opens a share. @patent 3 8 */
export type Point = 'offer' | 'voucher'

export const POINTS: readonly Point[] = ['voucher', 'offer']

export type Stage = 'claimed' | 'redeemed'

/**
 * What must become of a decision, one after the other, until it has brought something. Opening a share is
 * claiming, so of a voucher only the redemption is open.
 */
export const STAGES: Readonly<Record<Point, readonly Stage[]>> = {
  offer: ['claimed', 'redeemed'],
  voucher: ['redeemed'],
}

/** With what orders an arm was redeemed, and what it then took off: sums in minor units. */
type Money = { count: number; orderMinor: number; costMinor: number }

/** What was learnt at a point: a model for each of its stages, and of each arm what it brought. */
export type Learnt = { stages: Model[]; money: Record<string, Money> }

/** What came of a decision at a stage, with the person and the arm as the model saw them. */
export type Lesson = {
  stage: Stage
  person: readonly number[]
  arm: string
  kind: readonly number[]
  answer: 0 | 1
  /** What was paid when it was redeemed for the first time, where that is known. */
  paid?: { orderMinor: number; costMinor: number }
}

/** Of more arms it is not kept what they brought: the one that was silent longest makes room. */
const MOST_ARMS_WITH_MONEY = 200

/** What is believed at first, where nobody shares what they learnt. */
export function usualPriors(point: Point): Prior[] {
  return STAGES[point].map(() => SHOP_PRIOR)
}

/** Nothing learnt yet. */
export function beginning(priors: readonly Prior[]): Learnt {
  const stages = priors.map((prior) =>
    newModel(PERSON_FEATURES.length, KIND_FEATURES.length, prior),
  )
  return { stages, money: {} }
}

/**
 * Learns one lesson: what was learnt is the fold of all lessons in their order, to the last bit. What
 * cannot be learnt from is left out, and false is answered.
 *
 * @patent 12
 */
export function fold(
  learnt: Learnt,
  point: Point,
  { stage, person, arm, kind, answer, paid }: Lesson,
  priors: readonly Prior[],
): boolean {
  const at = STAGES[point].indexOf(stage)
  const model = learnt.stages[at]
  const prior = priors[at]
  if (!model || !prior || !isWhole(person, model.people) || !isWhole(kind, model.kinds))
    return false
  try {
    const features = featuresOf(model, person, kind, armOf(model, arm, prior))
    teach(model, features, answer, prior, HALF_LIFE)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return false
  }
  if (answer === 1 && paid) note(learnt.money, arm, paid)
  return true
}

function isWhole(features: readonly number[], count: number): boolean {
  return features.length === count && features.every(Number.isFinite)
}

function note(money: Learnt['money'], arm: string, paid: NonNullable<Lesson['paid']>): void {
  const { count, orderMinor, costMinor } = money[arm] ?? { count: 0, orderMinor: 0, costMinor: 0 }
  delete money[arm]
  money[arm] = {
    count: count + 1,
    orderMinor: orderMinor + paid.orderMinor,
    costMinor: costMinor + paid.costMinor,
  }
  const [silent] = Object.keys(money)
  if (silent !== undefined && Object.keys(money).length > MOST_ARMS_WITH_MONEY) delete money[silent]
}

/** How many answers all stages have learnt. */
export function countLearnt({ stages }: Learnt): number {
  return stages.reduce((sum, { learnt }) => sum + learnt, 0)
}

/** What was learnt as bytes, from which it goes on bit for bit: a head with its length, then the stages. */
export function encodeLearnt({ stages, money }: Learnt): Uint8Array {
  const models = stages.map(encodeModel)
  const lengths = models.map(({ length }) => length)
  const head = new TextEncoder().encode(JSON.stringify({ money, lengths }))
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 4 + head.length))
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  let at = 4
  for (const part of [head, ...models]) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** What was encoded. Throws a RangeError where it is not whole, not sound, or of another time's features. */
export function decodeLearnt(bytes: Uint8Array, point: Point): Learnt {
  mustBe(bytes.length >= 4)
  let at = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const { money, lengths } = headOf(bytes.subarray(4, at))
  mustBe(lengths.length === STAGES[point].length)
  const stages = lengths.map((length) => {
    const model = decodeModel(bytes.subarray(at, at + length))
    mustBe(model.people === PERSON_FEATURES.length && model.kinds === KIND_FEATURES.length)
    at += length
    return model
  })
  mustBe(at === bytes.length)
  return { stages, money }
}

function headOf(bytes: Uint8Array): { money: Learnt['money']; lengths: number[] } {
  try {
    const { money, lengths } = JSON.parse(new TextDecoder().decode(bytes))
    mustBe(Array.isArray(lengths) && lengths.every(Number.isSafeInteger))
    mustBe(Object.values<Money>(money).every((one) => Number.isFinite(one.count)))
    return { money, lengths }
  } catch (cause) {
    throw new RangeError('what was learnt is broken', { cause })
  }
}

function mustBe(isSo: boolean): void {
  if (!isSo) throw new RangeError('what was learnt is broken')
}
