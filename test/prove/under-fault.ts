import { setTimeout as sleep } from 'node:timers/promises'

import { changeCampaign } from '../../src/usecases/change-campaign.ts'
import type { Chance } from './chance.ts'
import { type ClaimAck, forAll, type SpendAck } from './crowd.ts'
import type { Fault } from './faults.ts'
import { nameOf } from './ground.ts'
import { judgeBooks, judgeClaims, judgeRefusals, judgeSpends } from './judge.ts'
import type { Stage } from './stage.ts'
import { count, newTally, type Tally } from './tally.ts'
import { newRound, type Round } from './world.ts'

export type Plan = {
  /** How often the fault strikes. */
  times: number
  chance: Chance
  /** When to stop, whatever is left to do. */
  until: number
  /** How long after healing the first answer may take. */
  recoveryMs: number
}

const CLIENTS = 48
const BOOKS_EVERY = 100

/**
 * Lets a fault strike while people claim and tills spend, again and again, each time in a campaign of
 * its own that runs out. Afterwards all that anybody was told must be so.
 */
export async function runUnderFault(stage: Stage, fault: Fault, plan: Plan): Promise<Tally> {
  stage.chance = plan.chance
  stage.crowd.tally.longestMs = 0
  const tally = newTally()
  let done = 0
  while (done < plan.times && Date.now() < plan.until) {
    done += await runRound(stage, fault, plan, tally, done)
    if (done % BOOKS_EVERY === 0) await judgeBooks(stage.world.app.db, tally)
  }
  await judgeBooks(stage.world.app.db, tally)
  await judgeQuiet(stage, tally)
  tally.longestMs = stage.crowd.tally.longestMs
  return tally
}

/** Answers how often the fault struck: once among claims, and every other time among redemptions too. */
async function runRound(
  stage: Stage,
  fault: Fault,
  plan: Plan,
  tally: Tally,
  done: number,
): Promise<number> {
  const { world, chance } = stage
  const { merchantId } = world.shop
  const round = await newRound(world, chance, fault.asks ?? 240)

  await fault.prepare?.(stage)
  const claiming = claimAll(stage, round, fault.clients ?? CLIENTS)
  await untilAnswered(stage, chance.between(0, Math.floor(round.asks.length / 4)))
  await strike(stage, fault, plan, tally, round)
  const acks = await claiming
  tally.claims += acks.length
  count(tally, 'people who never heard of their voucher at first', unheard(acks))
  await judgeClaims(world.app.db, merchantId, acks, tally)
  await judgeRefusals(world.app.db, merchantId, round.campaignId, acks, tally)

  const again = done % 2 === 0 && done + 1 < plan.times
  if (again) await fault.prepare?.(stage)
  const spending = spendSome(stage, acks)
  if (again) {
    await untilAnswered(stage, chance.between(0, 40))
    await strike(stage, fault, plan, tally, round)
  }
  const spends = await spending
  tally.spends += spends.length
  await judgeSpends(world.app.db, merchantId, spends, tally)
  await changeCampaign(world.app, { merchantId, campaignId: round.campaignId, to: 'stopped' })
  await askAgain(stage, acks, tally)
  noteTrouble(stage, tally)
  return again ? 2 : 1
}

async function claimAll({ crowd }: Stage, { asks }: Round, clients: number): Promise<ClaimAck[]> {
  const answers = await forAll(asks, clients, ({ personId, token }) => crowd.claim(personId, token))
  return answers.filter((ack) => ack !== undefined)
}

/** So a fault strikes in the middle, however fast the machine is. */
async function untilAnswered({ crowd }: Stage, more: number): Promise<void> {
  const enough = crowd.tally.answered + more
  const latest = Date.now() + 2000
  while (crowd.tally.answered < enough && Date.now() < latest) await sleep(1)
}

/** Strikes, and measures how long it takes from healing to an answer. */
async function strike(
  stage: Stage,
  fault: Fault,
  { recoveryMs }: Plan,
  tally: Tally,
  round: Round,
): Promise<void> {
  await fault.strike(stage, tally, round)
  const healed = performance.now()
  await stage.crowd.claim(stage.world.nextStranger(), round.shares[2]?.token ?? '')
  const took = performance.now() - healed
  tally.recoveriesMs.push(took)
  if (took > recoveryMs) tally.wrong.push(`no answer for ${Math.round(took)} ms after healing`)
}

/** People whose first answer was lost: all that they ever heard is `repeated`. */
function unheard(acks: readonly ClaimAck[]): number {
  const heard = new Set(
    acks.filter(({ result }) => result !== 'repeated').map(({ voucherId }) => voucherId),
  )
  const repeated = acks.filter(({ result }) => result === 'repeated')
  return new Set(
    repeated.map(({ voucherId }) => voucherId).filter((voucherId) => !heard.has(voucherId)),
  ).size
}

/**
 * Two tills spend the same voucher at once, one of them what it has held before, now and then; what one of
 * them has spent is given back, twice at once.
 */
async function spendSome(stage: Stage, acks: readonly ClaimAck[]): Promise<SpendAck[]> {
  const { crowd, chance, world } = stage
  const codes = [...new Set(acks.flatMap(({ code }) => code ?? []))].slice(0, 24)
  const spends = await forAll(codes, CLIENTS / 2, async (code) => {
    const orders = [1, 2].map(() => ({
      cashier: chance.pick(world.cashiers),
      code,
      requestId: crypto.randomUUID(),
    }))
    const [first, second] = orders as [(typeof orders)[0], (typeof orders)[0]]
    const isHeld = chance.draw() < 0.5
    const holdId = isHeld
      ? await crowd.hold({ ...first, requestId: crypto.randomUUID() })
      : undefined
    const spend = holdId === undefined ? first : { ...first, holdId }
    const answers = await Promise.all(
      [spend, second, spend, second].map((order) => crowd.redeem(order)),
    )
    const spent = answers.find((answer) => answer?.redemptionId)
    if (!spent?.redemptionId || chance.draw() < 0.5) return answers
    const back = {
      cashier: first.cashier,
      redemptionId: spent.redemptionId,
      requestId: crypto.randomUUID(),
    }
    return [...answers, ...(await Promise.all([back, back].map((order) => crowd.rollBack(order))))]
  })
  return spends.flat().filter((ack) => ack !== undefined)
}

/** Whoever has a voucher is shown the same one again, also after the campaign was stopped. */
async function askAgain(stage: Stage, acks: readonly ClaimAck[], tally: Tally): Promise<void> {
  const some = acks.filter(({ voucherId }) => voucherId !== undefined).slice(0, 12)
  const again = await forAll(some, 12, ({ personId, token }) => stage.crowd.claim(personId, token))
  for (const [i, ack] of again.entries()) {
    const told = some[i]
    if (ack?.result === 'repeated' && ack.voucherId === told?.voucherId) continue
    tally.lost.push(`${told?.personId} asked again and was told ${ack?.result} ${ack?.voucherId}`)
  }
}

function noteTrouble({ crowd }: Stage, tally: Tally): void {
  tally.wrong.push(...crowd.tally.unforeseen.splice(0))
  if (crowd.tally.stuck > 0) tally.wrong.push(`${crowd.tally.stuck} asks were never answered`)
  crowd.tally.stuck = 0
}

/** No connection is left in a transaction, and nobody failed without a word. */
async function judgeQuiet(stage: Stage, tally: Tally): Promise<void> {
  tally.wrong.push(...stage.uncaught().map((words) => `uncaught: ${words}`))
  const [left] = await stage.world.app.db.run(
    ({ sql }) => sql<{ count: number }[]>`
      select count(*)::integer as count from pg_stat_activity
      where datname = ${nameOf(stage.world.url)} and state like 'idle in transaction%'`,
  )
  if (left && left.count > 0) tally.wrong.push(`${left.count} sessions idle in transaction`)
}
