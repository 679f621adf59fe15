import type { Belief } from './belief.ts'
import type { Model } from './model.ts'

/**
 * A model as bytes, from which it goes on bit for bit: the length of a head, the head as JSON, then for
 * each member its means and the lower triangle of its covariance in single precision.
 */
export function encodeModel({ members, ...rest }: Model): Uint8Array {
  const head = JSON.stringify({ ...rest, evidence: members.map(({ evidence }) => evidence) })
  const text = new TextEncoder().encode(head)
  const numbers = members.flatMap(({ belief }) => [belief.mean, ...rowsOf(belief)])
  const length = numbers.reduce((sum, row) => sum + row.byteLength, 4 + text.length)
  const bytes = new Uint8Array(length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  let at = 4 + text.length
  for (const row of numbers) {
    bytes.set(new Uint8Array(row.buffer, row.byteOffset, row.byteLength), at)
    at += row.byteLength
  }
  return bytes
}

function rowsOf({ size, cov }: Belief): Float32Array[] {
  return Array.from({ length: size }, (_, i) => cov.subarray(i * size, i * size + i + 1))
}

/** The model that was encoded. Throws a RangeError where the bytes are not whole or not sound. */
export function decodeModel(bytes: Uint8Array): Model {
  mustBe(bytes.length >= 4)
  const from = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  mustBe(from <= bytes.length && (bytes.length - from) % 4 === 0)
  const { evidence, ...rest } = headOf(new TextDecoder().decode(bytes.subarray(4, from)))
  // a copy, for numbers must stand at a multiple of four
  const numbers = new Float32Array(Uint8Array.from(bytes.subarray(from)).buffer)
  const size = rest.people + rest.kinds + rest.arms.length * rest.people
  const each = size + (size * (size + 1)) / 2
  mustBe(numbers.length === each * evidence.length && numbers.every(Number.isFinite))
  const members = evidence.map((one, m) => ({
    belief: beliefOf(size, numbers.subarray(m * each, (m + 1) * each)),
    evidence: one,
  }))
  return { ...rest, members }
}

function beliefOf(size: number, numbers: Float32Array): Belief {
  const cov = new Float32Array(size * size)
  let at = size
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) cov[i * size + j] = cov[j * size + i] = numbers[at++]!
  }
  return { size, mean: numbers.slice(0, size), cov }
}

type Head = Omit<Model, 'members'> & { evidence: number[] }

function headOf(text: string): Head {
  const { people, kinds, arms, taught, learnt, evidence } = parsed(text)
  mustBe(isCount(people) && isCount(kinds) && isCount(learnt))
  mustBe(Array.isArray(arms) && arms.every((arm) => typeof arm === 'string'))
  mustBe(Array.isArray(taught) && taught.every(isCount) && taught.length === arms.length)
  mustBe(Array.isArray(evidence) && evidence.every(Number.isFinite))
  return { people, kinds, arms, taught, learnt, evidence }
}

function parsed(text: string): Partial<Record<string, unknown>> {
  try {
    const head: unknown = JSON.parse(text)
    return typeof head === 'object' && head !== null ? { ...head } : {}
  } catch (cause) {
    throw new RangeError('the model that was kept is broken', { cause })
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function mustBe(isSo: boolean): asserts isSo {
  if (!isSo) throw new RangeError('the model that was kept is broken')
}
