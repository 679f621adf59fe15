import { setTimeout as sleep } from 'node:timers/promises'

import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import type { SmallDisk } from './disk.ts'
import { nameOf, withAdmin } from './ground.ts'
import { DEADLINE_MS, type Stage, type StageOptions } from './stage.ts'
import { count, type Tally } from './tally.ts'
import type { Round } from './world.ts'

/** Something that goes wrong while people claim and tills spend. */
export type Fault = {
  name: string
  /** How often in the quick form, which may leave it out, and in the full one. */
  quick: number
  full: number
  /** How many ask in one round. */
  asks?: number
  /** How many of them at the same time. */
  clients?: number
  stage?: StageOptions
  /** How long after healing the first answer may take, where that is more than a second. */
  recoveryMs?: number
  /** What must be ready, so that it strikes at once. */
  prepare?(stage: Stage): Promise<void>
  /** Breaks something, and returns when it is whole again; counts what it did. */
  strike(stage: Stage, tally: Tally, round: Round): Promise<void>
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'two processes, no fault',
    quick: 0,
    full: 60,
    asks: 20_000,
    clients: 256,
    stage: { world: { known: 300_000 } },
    strike: async (_, tally) => count(tally, 'rounds of 20,000 asks'),
  },
  {
    name: 'app killed with -9',
    quick: 4,
    full: 1000,
    prepare: (stage) => stage.prepareToKill(),
    strike: async (stage, tally) => {
      await stage.killWorker()
      count(tally, 'kills of a process')
    },
  },
  {
    name: 'PostgreSQL crashed',
    quick: 1,
    full: 200,
    strike: async ({ ground }, tally) => {
      await ground.crash()
      count(tally, 'immediate stops')
    },
  },
  {
    name: 'a backend killed with -9',
    quick: 1,
    full: 200,
    strike: async ({ ground, world }, tally) => {
      await ground.killBackend(nameOf(world.url))
      await untilItAnswers(ground.adminUrl)
      count(tally, 'kills of a backend')
    },
  },
  {
    name: 'backends ended every 60 ms',
    quick: 1,
    full: 60,
    asks: 600,
    strike: async ({ ground, world }, tally) => {
      for (let i = 0; i < 20; i++) {
        count(tally, 'sessions ended', await ground.terminateBackends(nameOf(world.url)))
        await sleep(60)
      }
    },
  },
  {
    name: 'answers lost after commit',
    quick: 2,
    full: 600,
    asks: 600,
    strike: (stage, tally) => loseAnswers(stage, tally, 0.8, WRITES),
  },
  {
    name: 'any answers lost',
    quick: 1,
    full: 100,
    asks: 600,
    strike: (stage, tally) => loseAnswers(stage, tally, 0.3),
  },
  {
    // what was swallowed stays lost: such a connection is given up at the statement's deadline
    name: 'line a black hole',
    quick: 1,
    full: 60,
    recoveryMs: DEADLINE_MS + 500,
    strike: async ({ line }, tally) => {
      line.mode = { kind: 'black hole' }
      await sleep(1500)
      line.mode = { kind: 'pass' }
      count(tally, 'black holes of 1.5 s')
    },
  },
  {
    name: 'line reset',
    quick: 1,
    full: 100,
    strike: async ({ line }, tally) => {
      for (let i = 0; i < 5; i++) {
        line.reset()
        count(tally, 'resets of all connections')
        await sleep(30)
      }
    },
  },
  {
    name: 'line slow',
    quick: 1,
    full: 60,
    strike: async ({ line, chance }, tally) => {
      line.mode = { kind: 'delay', ms: chance.between(50, 200) }
      await sleep(500)
      line.mode = { kind: 'pass' }
      count(tally, 'delays of 50 to 200 ms')
    },
  },
  {
    name: 'merchant lowers, pauses, stops',
    quick: 2,
    full: 300,
    strike: async (stage, tally, round) => {
      for (let i = 0; i < 5; i++) {
        await lowerQuantity(stage, round)
        count(tally, 'quantities lowered in a burst')
        await change(stage, round, 'paused')
        await sleep(stage.chance.between(1, 20))
        await change(stage, round, 'active')
        count(tally, 'pauses in a burst')
      }
      if (stage.chance.draw() < 0.5) {
        await change(stage, round, 'stopped')
        count(tally, 'stops in a burst')
      }
    },
  },
  ...clocks(),
]

const WRITES = /claim_vouchers\(|hold_voucher\(|redeem_voucher\(|roll_back_redemption\(/

/** New connections name each statement again, so that the line knows which one it loses. */
async function loseAnswers(
  { line, chance }: Stage,
  tally: Tally,
  share: number,
  to?: RegExp,
): Promise<void> {
  const before = line.lostAnswers
  line.mode = { kind: 'lose answers', share, draw: () => chance.draw(), ...(to && { to }) }
  if (to) line.reset()
  await sleep(400)
  line.mode = { kind: 'pass' }
  count(tally, 'answers of the database lost', line.lostAnswers - before)
}

function clocks(): Fault[] {
  return [1, -1].map((hours) => ({
    ...wrongClock(`clock ${hours > 0 ? 'fast' : 'slow'} by an hour`),
    stage: { clockOffMs: hours * 3600_000, sessionOffMs: hours * 3600_000 },
  }))
}

export function wrongClock(name: string): Fault {
  return { name, quick: 1, full: 50, strike: expireByDatabase }
}

/** Nothing can be written until there is room again; nobody is given what could not be written. */
export function diskFull(disk: SmallDisk): Fault {
  return {
    name: 'disk full',
    quick: 1,
    full: 20,
    asks: 1500,
    stage: { world: { known: 3000, directory: disk.dir } },
    strike: async ({ crowd }, tally) => {
      await disk.fill()
      const failed = crowd.tally.failedTries
      const until = Date.now() + 3000
      while (crowd.tally.failedTries < failed + 20 && Date.now() < until) await sleep(10)
      count(tally, 'asks refused for want of room', crowd.tally.failedTries - failed)
      await disk.clear()
      count(tally, 'times the disk was full')
    },
  }
}

/** A share that lives for another half hour gives; one that ended a second ago does not. */
async function expireByDatabase(stage: Stage, tally: Tally, round: Round): Promise<void> {
  const [alive, over] = round.shares
  await setExpiry(stage, alive?.shareId ?? '', 1800)
  await setExpiry(stage, over?.shareId ?? '', -1)
  count(tally, 'deadlines under a wrong clock', 2)
  const given = await stage.crowd.claim(stage.world.nextStranger(), alive?.token ?? '')
  const refused = await stage.crowd.claim(stage.world.nextStranger(), over?.token ?? '')
  if (given?.result === 'expired') tally.wrong.push('a share that lives was called expired')
  if (refused?.result !== 'expired') tally.over.push(`an expired share gave ${refused?.result}`)
}

async function setExpiry({ world }: Stage, shareId: string, seconds: number): Promise<void> {
  await world.app.db.run(
    ({ sql }) => sql`
      update shares set expires_at = clock_timestamp() + make_interval(secs => ${seconds})
      where merchant_id = ${world.shop.merchantId} and id = ${shareId}`,
  )
}

async function lowerQuantity({ world }: Stage, { campaignId }: Round): Promise<void> {
  await world.app.db.run(
    ({ sql }) => sql`
      update voucher_templates set quantity = greatest(issued, quantity - 7, 1)
      where merchant_id = ${world.shop.merchantId} and campaign_id = ${campaignId} and not is_fallback`,
  )
}

async function change(
  { world }: Stage,
  { campaignId }: Round,
  to: 'active' | 'paused' | 'stopped',
): Promise<void> {
  await changeCampaign(world.app, { merchantId: world.shop.merchantId, campaignId, to })
}

async function untilItAnswers(adminUrl: string): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const answers = await withAdmin(adminUrl, (sql) => sql`select 1`).catch(() => undefined)
    if (answers) return
    await sleep(10)
  }
  throw new Error('PostgreSQL did not come back.')
}
