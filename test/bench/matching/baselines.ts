import { beta, normal } from './chance.ts'
import { bestOf, type Contestant, type Learner, type Setting } from './learner.ts'

/** What one would try first, each as it is described where it comes from. */
export const BASELINES: readonly Contestant[] = [
  { name: 'uniform', make: ({ arms }) => uniform(arms) },
  { name: 'ε-greedy .1', make: (setting) => epsilonGreedy(setting, () => 0, 1) },
  {
    name: 'ε-greedy .1 per segment',
    make: (setting) => epsilonGreedy(setting, setting.segmentOf, setting.segments),
  },
  { name: 'Beta TS', make: (setting) => betaThompson(setting, () => 0, 1) },
  {
    name: 'Beta TS per segment',
    make: (setting) => betaThompson(setting, setting.segmentOf, setting.segments),
  },
  { name: 'LinUCB 1', make: (setting) => linear(setting, { alpha: 1, by: 'bound' }) },
  { name: 'LinUCB .1', make: (setting) => linear(setting, { alpha: 0.1, by: 'bound' }) },
  { name: 'LinTS .1', make: (setting) => linear(setting, { alpha: 0.1, by: 'draw' }) },
  { name: 'bootstrapped TS', make: bootstrapped },
  { name: 'Chapelle–Li TS .5', make: (setting) => chapelleLi(setting, 0.5) },
]

function uniform(arms: number): Learner {
  const probabilities = new Array<number>(arms).fill(1 / arms)
  return { choose: () => probabilities, learn: () => undefined }
}

type Segment = (x: Float32Array) => number

/** The best mean so far, but one time in ten any arm. */
function epsilonGreedy({ arms, worth }: Setting, segmentOf: Segment, segments: number): Learner {
  const sums = new Float64Array(segments * arms)
  const counts = new Float64Array(segments * arms)
  const value = (at: number, k: number) => ((sums[at]! + 0.5) / (counts[at]! + 1)) * worth[k]!
  return {
    choose: (x) => {
      const from = segmentOf(x) * arms
      const best = bestOf(Array.from({ length: arms }, (_, k) => value(from + k, k)))
      return Array.from({ length: arms }, (_, k) => 0.1 / arms + (k === best ? 0.9 : 0))
    },
    learn: (x, arm, reward) => {
      const at = segmentOf(x) * arms + arm
      sums[at]! += reward
      counts[at]! += 1
    },
  }
}

function betaThompson(
  { arms, worth, draw }: Setting,
  segmentOf: Segment,
  segments: number,
): Learner {
  const yes = new Float64Array(segments * arms).fill(1)
  const no = new Float64Array(segments * arms).fill(1)
  return {
    choose: (x) => {
      const from = segmentOf(x) * arms
      return bestOf(
        Array.from(
          { length: arms },
          (_, k) => beta(yes[from + k]!, no[from + k]!, draw) * worth[k]!,
        ),
      )
    },
    learn: (x, arm, reward) => {
      const at = segmentOf(x) * arms + arm
      yes[at]! += reward
      no[at]! += 1 - reward
    },
  }
}

/** Ridge regression for each arm by itself, chosen by upper bound (LinUCB) or by a draw (LinTS). */
function linear(
  { people, arms, worth, draw }: Setting,
  { alpha, by }: { alpha: number; by: 'bound' | 'draw' },
): Learner {
  const inverses = Array.from({ length: arms }, () => identity(people))
  const sums = Array.from({ length: arms }, () => new Float64Array(people))
  return {
    choose: (x) =>
      bestOf(
        inverses.map((inverse, k) => {
          const direction = times(inverse, x)
          const mean = inner(sums[k]!, direction)
          const spread = alpha * Math.sqrt(Math.max(0, inner(x, direction)))
          return (mean + (by === 'bound' ? spread : spread * normal(draw))) * worth[k]!
        }),
      ),
    learn: (x, arm, reward) => {
      const inverse = inverses[arm]!
      const direction = times(inverse, x)
      const scale = 1 / (1 + inner(x, direction))
      for (let i = 0; i < people; i++) {
        for (let j = 0; j < people; j++) {
          inverse[i * people + j]! -= scale * direction[i]! * direction[j]!
        }
        sums[arm]![i]! += reward * x[i]!
      }
    },
  }
}

const BOOTS = 10

/** Ten logistic regressions by AdaGrad, each of which sees an answer 0, 1 or 2 times; one of them chooses. */
function bootstrapped({ people, arms, worth, baseRate, draw }: Setting): Learner {
  const size = people * arms
  const boots = Array.from({ length: BOOTS }, () => ({
    weights: new Float64Array(size),
    squares: new Float64Array(size).fill(1e-2),
  }))
  for (const { weights } of boots) {
    for (let k = 0; k < arms; k++) {
      weights[k * people] = Math.log(baseRate / (1 - baseRate)) + 0.5 * normal(draw)
    }
  }
  const probability = (weights: Float64Array, x: Float32Array, k: number) =>
    1 / (1 + Math.exp(-inner(x, weights.subarray(k * people, (k + 1) * people))))
  return {
    choose: (x) => {
      const { weights } = boots[Math.floor(draw() * BOOTS)]!
      return bestOf(worth.map((value, k) => probability(weights, x, k) * value))
    },
    learn: (x, arm, reward) => {
      for (const { weights, squares } of boots) {
        for (let times = Math.floor(draw() * 3); times > 0; times--) {
          const off = reward - probability(weights, x, arm)
          for (let i = 0; i < people; i++) {
            const slope = off * x[i]!
            const at = arm * people + i
            squares[at]! += slope * slope
            weights[at]! += (0.3 * slope) / Math.sqrt(squares[at]!)
          }
        }
      }
    },
  }
}

/** Logistic regression for each arm with a diagonal covariance, drawn with a reduced spread (2011). */
function chapelleLi({ people, arms, worth, baseRate, draw }: Setting, alpha: number): Learner {
  const mean = new Float64Array(people * arms)
  const precision = new Float64Array(people * arms).fill(1)
  for (let k = 0; k < arms; k++) mean[k * people] = Math.log(baseRate / (1 - baseRate))
  return {
    choose: (x) =>
      bestOf(
        worth.map((value, k) => {
          let score = 0
          for (let i = 0; i < people; i++) {
            if (x[i] === 0) continue
            const at = k * people + i
            score += x[i]! * (mean[at]! + (alpha * normal(draw)) / Math.sqrt(precision[at]!))
          }
          return value / (1 + Math.exp(-score))
        }),
      ),
    learn: (x, arm, reward) => {
      const from = arm * people
      for (let step = 0; step < 3; step++) {
        const p = 1 / (1 + Math.exp(-inner(x, mean.subarray(from, from + people))))
        for (let i = 0; i < people; i++) {
          const rise = precision[from + i]! + p * (1 - p) * x[i]! * x[i]!
          mean[from + i]! += ((reward - p) * x[i]!) / rise / 3
        }
      }
      const p = 1 / (1 + Math.exp(-inner(x, mean.subarray(from, from + people))))
      for (let i = 0; i < people; i++) precision[from + i]! += p * (1 - p) * x[i]! * x[i]!
    },
  }
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1
  return matrix
}

function times(matrix: Float64Array, x: ArrayLike<number>): Float64Array {
  const size = x.length
  const product = new Float64Array(size)
  for (let j = 0; j < size; j++) {
    if (x[j] === 0) continue
    for (let i = 0; i < size; i++) product[i]! += matrix[j * size + i]! * x[j]!
  }
  return product
}

function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
