import { parseArgs } from 'node:util'

import { benchBurst } from './commands/burst.ts'
import { benchClaims } from './commands/claims.ts'
import { benchCodes } from './commands/codes.ts'
import { benchGrowth } from './commands/growth.ts'
import { benchMatching } from './commands/matching.ts'
import { benchNumbers } from './commands/numbers.ts'
import { benchOrders } from './commands/orders.ts'
import { benchProcesses } from './commands/processes.ts'
import { profileClaims } from './commands/profile.ts'
import { benchRedemptions } from './commands/redemptions.ts'
import { benchSoak } from './commands/soak.ts'
import { readArguments } from './matching/arguments.ts'
import { BadInput } from './matching/bad-input.ts'
import { reportClaims } from './report/claims.ts'
import { reportGrowth } from './report/growth.ts'
import { reportMatching } from './report/matching.ts'
import { reportCodes, reportOrders, reportRedemptions } from './report/merchant.ts'
import { reportNumbers } from './report/numbers.ts'
import { reportBurst, reportProcesses, reportSoak } from './report/others.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    connections: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    warmup: { type: 'string', default: '1' },
    people: { type: 'string' },
    only: { type: 'string', default: '' },
    slots: { type: 'string' },
    codes: { type: 'string', default: '100000,1000000' },
    seeds: { type: 'string' },
    runs: { type: 'string' },
    margin: { type: 'string' },
    delay: { type: 'string' },
    rate: { type: 'string' },
    control: { type: 'string' },
    drift: { type: 'string' },
    'half-life': { type: 'string' },
    parts: { type: 'string' },
    lines: { type: 'string', default: '100000' },
    vouchers: { type: 'string', default: '0,1000,100000,1000000' },
    postgres: { type: 'string', multiple: true, default: [] },
    node: { type: 'string', multiple: true, default: [] },
  },
})

let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true
  })
}

/** What every part is given; `people` and `seconds` when nothing else is said. */
function run(people: number, seconds: number) {
  return {
    rounds: Number(values.rounds ?? 3),
    warmUp: { seconds: Number(values.warmup) },
    until: { seconds: Number(values.seconds ?? seconds) },
    people: Number(values.people ?? people),
    flags: values.node,
    settings: values.postgres,
    say,
  }
}

/** What is measured without a crowd of people. */
function merchantRun() {
  return { rounds: Number(values.rounds ?? 3), settings: values.postgres, say }
}

/** Tells what was done; after Ctrl-C the bench stops here, and takes away what it made. */
function say(line: string): void {
  process.stderr.write(`${line}\n`)
  if (interrupted) throw new Error('The bench was interrupted.')
}

function words(list: string): string[] {
  return list.split(',').filter((part) => part !== '')
}

function numbers(list: string): number[] {
  return words(list).map(Number)
}

const connections = Number(values.connections ?? 64)

/** Writes nothing, so it is not part of all. */
const LOOK_INSIDE = 'profile'

const PARTS: Record<string, () => Promise<string>> = {
  claims: async () => {
    const options = {
      ...run(30_000, 4),
      connections: numbers(values.connections ?? '1,16,64,256,1000'),
      only: words(values.only),
    }
    const { series, postgres } = await benchClaims(options)
    return reportClaims(series, postgres, options)
  },
  burst: async () => {
    const options = { ...run(10_000, 0), slots: Number(values.slots ?? 1000) }
    return reportBurst(await benchBurst(options), options)
  },
  growth: async () => {
    const options = {
      ...run(30_000, 4),
      connections,
      vouchers: numbers(values.vouchers),
      slots: numbers(values.slots ?? '10,100,1000,10000,100000'),
    }
    return reportGrowth(await benchGrowth(options), options)
  },
  processes: async () => {
    const options = { ...run(30_000, 4), connections: Number(values.connections ?? 256) }
    return reportProcesses(await benchProcesses(options), options)
  },
  [LOOK_INSIDE]: () => profileClaims({ ...run(30_000, 5), connections }),
  codes: async () => {
    const options = { ...merchantRun(), sizes: numbers(values.codes), vouchers: 100_000 }
    return reportCodes(await benchCodes(options), options)
  },
  orders: async () => {
    const options = { ...merchantRun(), lines: Number(values.lines) }
    return reportOrders(await benchOrders(options), options)
  },
  redemptions: async () => {
    const options = { ...merchantRun(), vouchers: 20_000, atOnce: connections }
    return reportRedemptions(await benchRedemptions(options), options)
  },
  numbers: async () => {
    const options = { ...merchantRun(), vouchers: 1_000_000 }
    return reportNumbers(await benchNumbers(options), options)
  },
  matching: async () => {
    const options = { ...readArguments(values, directories), say }
    return reportMatching(await benchMatching(options), options)
  },
  soak: async () => {
    const options = { ...run(100_000, 600), connections }
    return reportSoak(await benchSoak(options), options)
  },
}

const [only, ...directories] = positionals
if (only !== undefined && !PARTS[only])
  throw new Error(`There is only ${Object.keys(PARTS).join(', ')}.`)
for (const [name, part] of Object.entries(PARTS)) {
  if (only === undefined ? name === LOOK_INSIDE : name !== only) continue
  process.stdout.write(`${await answerOf(part)}\n`)
}

/** What is wrong with what was typed is said in one line. */
async function answerOf(part: () => Promise<string>): Promise<string> {
  try {
    return await part()
  } catch (error) {
    if (!(error instanceof BadInput)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}
