import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { benchMatching } from './commands/matching.ts'
import { readArguments } from './matching/arguments.ts'
import { readDataSet } from './matching/read-data-set.ts'

const PEOPLE = 600
const META = {
  name: 'cafe',
  kind: 'logged',
  n: PEOPLE,
  dx: 3,
  K: 3,
  dz: 1,
  propensity: 1 / 3,
  value: [10, 20, 30],
  cost: [1, 2, 3],
}

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'matching-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

function write(file: string, content: Float32Array | Uint8Array | object): void {
  const isBytes = ArrayBuffer.isView(content)
  writeFileSync(
    join(directory, file),
    isBytes ? Buffer.from(content.buffer) : JSON.stringify(content),
  )
}

function each<T>(count: number, of: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => of(i))
}

/** A log in which the third arm is worth most to everybody; `changed` says what is wrong with it. */
function writeLog(changed: Partial<Record<keyof typeof META, unknown>> = {}): void {
  write('meta.json', { ...META, ...changed })
  write(
    'x.f32',
    Float32Array.from(each(PEOPLE * 3, (at) => (at % 3 === 0 ? 1 : ((at * 7) % 5) / 5))),
  )
  write('z.f32', Float32Array.from([0, 0.5, 1]))
  write('a.u8', Uint8Array.from(each(PEOPLE, (i) => i % 3)))
  write('r.f32', Float32Array.from(each(PEOPLE, (i) => Number(i % 10 < 2 + 2 * (i % 3)))))
  write('q.f32', new Float32Array(PEOPLE * 3).fill(0.4))
}

describe('a directory with a log', () => {
  test('is read, and an arm is worth what it brings where a margin is stated', () => {
    writeLog()

    expect(readDataSet(directory)).toMatchObject({ name: 'cafe', arms: 3, worth: [1, 1, 1] })
    expect(readDataSet(directory, 0.5).worth).toEqual([4, 8, 12])
    expect(readDataSet(directory).log).toMatchObject({ propensity: 1 / 3 })
  })

  test.each([
    ['q.f32', new Float32Array(5), 'q.f32: it holds 20 bytes, not 7200.'],
    ['a.u8', new Uint8Array(PEOPLE).fill(3), 'a.u8: entry 0 is arm 3 of 3.'],
    ['r.f32', new Float32Array(PEOPLE).fill(2), 'r.f32: entry 0 is 2, not within 0…1.'],
    ['r.f32', new Float32Array(PEOPLE).fill(Number.NaN), 'r.f32: entry 0 is NaN, not within 0…1.'],
    ['x.f32', new Float32Array(PEOPLE * 3), 'x.f32: the first feature of person 0 is not 1.'],
    ['z.f32', new Float32Array([0, Infinity, 0]), 'z.f32: entry 1 is Infinity, not within'],
    ['meta.json', { ...META, K: 1 }, 'meta.json: `K` (arms) must be a whole number from 2 to 256.'],
    ['meta.json', { ...META, propensity: 0 }, 'meta.json: `propensity` must be above 0'],
    ['meta.json', { ...META, propensity: 2 }, 'meta.json: `propensity` must be above 0'],
    ['meta.json', { ...META, kind: 'log' }, 'meta.json: `kind` must be "full" or "logged".'],
    ['meta.json', { ...META, n: 1.5 }, 'meta.json: `n` (people) must be a whole number'],
    ['meta.json', { ...META, cost: [1, 2] }, 'meta.json: `value` and `cost` must be a number for'],
    ['meta.json', [], 'meta.json: `kind` must be'],
  ])('with a fault in %s is refused with the file and the fault', (file, content, fault) => {
    writeLog()
    write(file, content)

    expect(() => readDataSet(directory)).toThrow(join(directory, fault))
  })

  test('of which a file is missing, or the description is no JSON, is refused', () => {
    writeLog()
    rmSync(join(directory, 'q.f32'))
    expect(() => readDataSet(directory)).toThrow('q.f32: this file cannot be read.')

    writeFileSync(join(directory, 'meta.json'), '{')
    expect(() => readDataSet(directory)).toThrow('meta.json: this is not JSON.')
  })

  test('takes no margin where it does not say what arms bring and cost', () => {
    writeLog({ value: undefined })

    expect(() => readDataSet(directory, 0.5)).toThrow('--margin needs `value` and `cost`')
  })

  test('is played by everybody, checked by the plain mean, and told with a verdict', async () => {
    writeLog()
    const typed = { rounds: '120', seeds: '2', only: 'ours,best fixed,uniform,Beta TS' }
    const { contests, lift } = await benchMatching({
      ...readArguments(typed, [directory]),
      say: () => undefined,
    })

    expect(lift).toEqual([])
    expect(contests).toMatchObject([
      {
        set: 'cafe',
        kind: 'logged',
        crossCheck: { arm: 2, agrees: true },
        scores: [{ contestant: 'ours' }, { contestant: 'best fixed arm' }, {}, {}, {}],
      },
    ])
    expect(contests[0]?.verdicts.map(({ mark }) => mark)).toEqual([100, 120])
  })
})

test.each([
  [{ rounds: '0' }, '--rounds must be a whole number of at least 1 and at most 1000000'],
  [{ rounds: 'many' }, '--rounds must be a whole number'],
  [{ seeds: '1' }, '--seeds must be a whole number of at least 2'],
  [{ margin: '1.5' }, '--margin must be a number of at least 0 and at most 1'],
  [{ delay: '-1' }, '--delay must be a whole number of at least 0'],
  [{ rate: '0' }, '--rate must be a number of at least 0.0001'],
  [{ control: '2' }, '--control must be a number of at least 0 and at most 1'],
  [{ drift: '4000', rounds: '4000' }, '--drift must be below --rounds.'],
  [{ 'half-life': '' }, '--half-life must be a number of at least 1, such as --half-life 4000.'],
  [{ parts: 'contest,lunch' }, '--parts may be contest,'],
])('%o is refused with what it must be', (typed, message) => {
  expect(() => readArguments(typed, [])).toThrow(message)
})

test('a bad directory is told of in one line, before anything is played', async () => {
  writeLog({ K: 1 })
  const bench = fileURLToPath(new URL('bench.ts', import.meta.url))
  const run = promisify(execFile)(process.execPath, [bench, 'matching', directory])

  await expect(run).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: `${join(directory, 'meta.json')}: \`K\` (arms) must be a whole number from 2 to 256.\n`,
  })
})
