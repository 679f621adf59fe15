import { type Command, InvalidArgumentError } from 'commander'

import { parseMinor } from '../domain/money.ts'
import { createLog } from '../log.ts'
import { type OwnServer, startOwnServer } from '../simulate/own-database.ts'
import {
  type PlayedPolicy,
  type Policy,
  type SimulationRequest,
  simulate,
} from '../simulate/simulate.ts'
import { wholeFrom } from './arguments.ts'
import type { Desk } from './desk.ts'
import { CommandFailed } from './faults.ts'
import { showProgress } from './show-progress.ts'
import { writeSimulation } from './simulate/write-simulation.ts'

type Options = {
  seed: number
  weeks: number
  people: number
  ordersPerDay: number
  margin?: number
  control: number
  budget?: number
  against?: Exclude<Policy, 'model'>
  keep?: true
  json?: true
}

const CURRENCY = 'GBP'
const USUAL_BUDGET_MINOR = 1_000_000

export function simulateCommand(parent: Command, desk: Desk): void {
  parent
    .command('simulate')
    .description('Play weeks of a shop with people of known taste, and say what the model learnt.')
    .option('--weeks <number>', 'how long, 1 to 26', wholeFrom(1, 26), 4)
    .option('--people <number>', 'how many buy and open, 20 to 5000', wholeFrom(20, 5000), 300)
    .option('--orders-per-day <number>', 'on average, 1 to 500', wholeFrom(1, 500), 20)
    .option('--seed <number>', 'the same seed plays the same weeks', wholeFrom(0, 4_294_967_295), 1)
    .option(
      '--margin <percent>',
      "the shop's own part of an order: then money counts, not vouchers spent",
      wholeFrom(1, 100),
    )
    .option('--control <percent>', 'people who get the preset voucher', wholeFrom(0, 50), 10)
    .option(
      '--budget <amount>',
      'pounds for one campaign, half of it for the other (default: 10000)',
      readBudget,
    )
    .option(
      '--against <policy>',
      'play the same weeks without the model too: random, preset',
      readPolicy,
    )
    .option('--keep', 'leave the database, and say how to look at it')
    .option('--json', 'print one JSON object')
    .addHelpText('after', AFTERWORD)
    .action((options: Options) => runSimulation(desk, options))
}

/** In a database of its own: nothing of the installation is touched. */
async function runSimulation(desk: Desk, options: Options): Promise<void> {
  const { against, keep = false, json } = options
  const policies: Policy[] = against ? ['model', against] : ['model']
  const request = requestOf(options)
  const server = await startOwnServer().catch((cause: Error) => {
    throw new CommandFailed(`No database can be started here: ${cause.message}`, { cause })
  })
  let isDone = false
  try {
    const played = await playAll(desk, server, policies, request)
    desk.out.write(
      json ? `${JSON.stringify({ request, played })}\n` : writeSimulation(request, played),
    )
    isDone = true
    if (played.some(({ findings }) => findings > 0)) throw new CommandFailed('The books differ.')
  } finally {
    await server.close(keep && isDone)
  }
  if (keep) desk.err.write(howToLook(server.dataDir))
}

async function playAll(
  desk: Desk,
  server: OwnServer,
  policies: readonly Policy[],
  request: SimulationRequest,
): Promise<PlayedPolicy[]> {
  const display = showProgress(desk.err, 'day')
  const log = createLog('warn', desk.err)
  const days = 7 * request.weeks
  const played: PlayedPolicy[] = []
  try {
    for (const [i, policy] of policies.entries()) {
      const onDay = (day: number) => {
        desk.interrupted.throwIfAborted()
        display.update((i * days + day + 1) / (policies.length * days), i * days + day + 1)
      }
      played.push(await simulate(server, policy, request, { log, onDay }))
    }
  } finally {
    display.stop()
  }
  return played
}

function requestOf(options: Options): SimulationRequest {
  const { seed, weeks, people, ordersPerDay, margin, control, budget } = options
  return {
    ...{ seed, weeks, people, ordersPerDay },
    ...(margin !== undefined && { marginBp: 100 * margin }),
    controlBp: 100 * control,
    budgetMinor: budget ?? USUAL_BUDGET_MINOR,
  }
}

function readBudget(text: string): number {
  const minor = parseMinor(text, CURRENCY)
  const isFine = typeof minor === 'bigint' && minor >= 1000n && minor <= 100_000_000n
  if (isFine) return Number(minor)
  throw new InvalidArgumentError('Write pounds from 10 to 1000000, such as 10000 or 249.50.')
}

function readPolicy(text: string): 'random' | 'preset' {
  if (text === 'random' || text === 'preset') return text
  throw new InvalidArgumentError('Write random or preset.')
}

function howToLook(dataDir: string): string {
  return `The database is in ${dataDir}. Look at it with
  DATA_DIR=${dataDir} npm start
on the merchant's phone of /sandbox: /stats and /matching, or the shop in the Mini
App. Delete the directory afterwards.
`
}

const AFTERWORD = `
It plays in a database of its own, which is gone afterwards. What people want is
known to the simulation alone; what they do goes through the program as it does
every day. The same seed and options give the same figures.

  passalong simulate --weeks 6 --margin 50 --against random`
