import {
  armOf,
  featuresOf,
  HALF_LIFE,
  newModel,
  teach,
  USUAL_PRIOR,
} from '../../../src/matching/model.ts'
import { chances } from '../../../src/matching/policy.ts'
import { makeReady } from '../../../src/matching/ready.ts'
import { encodeModel } from '../../../src/matching/snapshot.ts'
import { drawsFrom, normal } from './chance.ts'

/** What a decision, a lesson and a model kept cost: milliseconds, and bytes. */
export type Cost = { decide: Quantiles; learn: Quantiles; ready: Quantiles; stateBytes: number }

type Quantiles = { p50: number; p99: number }

type Size = { arms: number; people: number; kinds: number; answers: number }

/** A model is made ready anew after so many answers. */
const READY_EVERY = 50

/** Of a model of so many arms and features, over so many answers; everything once before, to warm up. */
export function measureCost({ arms = 12, people = 16, kinds = 0, answers = 2000 } = {}): Cost {
  liveOnce({ arms, people, kinds, answers })
  return liveOnce({ arms, people, kinds, answers })
}

function liveOnce({ arms, people, kinds, answers }: Size): Cost {
  const draw = drawsFrom(1)
  const prior = { ...USUAL_PRIOR, meanSquare: people / 2, kindSds: new Array(kinds).fill(0.5) }
  const names = Array.from({ length: arms }, (_, k) => String(k))
  const types = names.map(() => Array.from({ length: kinds }, () => draw()))
  const stakes = names.map(() => ({ worth: 1, price: 0 }))
  const model = newModel(people, kinds, prior)
  for (const name of names) armOf(model, name, prior)
  const times = { decide: [] as number[], learn: [] as number[], ready: [] as number[] }
  let ready = makeReady(model, names, prior)
  for (let t = 0; t < answers; t++) {
    const x = [1, ...Array.from({ length: people - 1 }, () => Math.tanh(normal(draw)))]
    if (t % READY_EVERY === 0) ready = timed(times.ready, () => makeReady(model, names, prior))
    timed(times.decide, () => chances([ready], x, types, stakes))
    const arm = t % arms
    const features = featuresOf(model, x, types[arm]!, arm)
    timed(times.learn, () => teach(model, features, draw() < 0.3 ? 1 : 0, prior, HALF_LIFE))
  }
  return {
    decide: quantilesOf(times.decide),
    learn: quantilesOf(times.learn),
    ready: quantilesOf(times.ready),
    stateBytes: encodeModel(model).length,
  }
}

function timed<T>(into: number[], work: () => T): T {
  const before = performance.now()
  const result = work()
  into.push(performance.now() - before)
  return result
}

function quantilesOf(times: number[]): Quantiles {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  return { p50: at(0.5), p99: at(0.99) }
}
