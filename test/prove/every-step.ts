import { setTimeout as sleep } from 'node:timers/promises'

import type { AppContext } from '../../src/context.ts'
import { startOutbox } from '../../src/telegram/outbox-worker.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { rollBackRedemption } from '../../src/usecases/roll-back-redemption.ts'
import { addCampaign } from '../helpers/shop.ts'
import { type Death, type DyingDatabase, dyingDatabase } from './dying-database.ts'
import { judgeBooks } from './judge.ts'
import type { Place } from './place.ts'
import { count, type Tally } from './tally.ts'
import { addShareOf, readyToShare } from './world.ts'

/**
 * @param isDead whether whoever does it has died meanwhile
 */
type Act = (app: AppContext, isDead?: () => boolean) => Promise<string>

/** Something a process does in several statements, which any process may do again. */
type Deed = {
  name: string
  /** A new case of it; doing it answers what must stay the same, however often it is done. */
  prepare(place: Place): Promise<Act>
}

/**
 * A process dies before or after each statement of each deed, one by one until there is none left. Then
 * another one does the same again, and a third: both must be answered the same, and the books agree.
 */
export async function tryEveryStep(place: Place, tally: Tally): Promise<void> {
  for (const deed of DEEDS) {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; await dieAt(place, deed, { at, when }, tally); at++) {
        count(tally, `deaths at a statement of: ${deed.name}`)
      }
    }
    await judgeBooks(place.world.app.db, tally)
  }
}

/** Answers whether there was such a statement. */
async function dieAt(place: Place, deed: Deed, death: Death, tally: Tally): Promise<boolean> {
  const act = await deed.prepare(place)
  let dying: DyingDatabase | undefined
  const mortal = place.process((db) => {
    dying = dyingDatabase(db, death)
    return dying.db
  })
  const heard = await act(mortal, () => dying?.isDead() ?? false).catch(() => undefined)
  if (!dying?.isDead() && heard !== undefined) return false

  const where = `${deed.name}, died ${death.when} statement ${death.at}`
  try {
    const first = await act(place.process())
    const second = await act(place.process())
    if (first !== second) tally.double.push(`${where}: ${first}, then ${second}`)
  } catch (error) {
    tally.wrong.push(`${where}: ${String(error)}`)
  }
  return true
}

const DEEDS: readonly Deed[] = [
  {
    name: 'claim that opens a share',
    prepare: async (place) => claiming(place, await newShare(place)),
  },
  {
    name: 'claim of somebody who has theirs',
    prepare: async (place) => {
      const act = claiming(place, await newShare(place))
      await act(place.process())
      return act
    },
  },
  {
    name: 'redemption',
    prepare: async (place) => redeeming(place, await newCode(place)),
  },
  {
    name: 'rollback',
    prepare: async (place) => {
      const redemptionId = await redeeming(place, await newCode(place))(place.process())
      const requestId = crypto.randomUUID()
      return async (app) => {
        const result = await rollBackRedemption(app, {
          merchantId: place.world.shop.merchantId,
          redemptionId,
          requestId,
          amountMinor: 300,
          by: 'api',
        })
        return 'redemption' in result
          ? `rolled back ${result.redemption.rolledBackMinor}`
          : result.reason
      }
    },
  },
  {
    name: 'share pressed',
    prepare: async (place) => {
      const { press } = await readyToShare(place.world, (await newCampaign(place)).campaignId)
      return async (app) => (await press(app)).shareId
    },
  },
  {
    name: 'share revoked',
    prepare: async (place) => {
      const share = await newShare(place)
      await claiming(place, share)(place.process())
      return async (app) => {
        const { merchantId } = place.world.shop
        const { shareId, sharerId: personId } = share
        const result = await revokeShare(app, { personId, merchantId, shareId })
        return 'share' in result ? result.share.status : result.outcome
      }
    },
  },
  { name: 'message sent', prepare: sending },
]

function newCampaign({ world }: Place) {
  return addCampaign(world.app, world.shop, {
    mode: 'random',
    potMinor: 5000,
    drawMinMinor: 900,
    drawMaxMinor: 1100,
    templates: [{ kind: 'gift_balance' }],
  })
}

async function newShare(place: Place) {
  return addShareOf(place.world, (await newCampaign(place)).campaignId)
}

function claiming({ world }: Place, { token }: { token: string }) {
  const personId = world.nextKnown()
  return async (app: AppContext): Promise<string> => {
    const { voucher } = await claimShare(app, { personId, by: { kind: 'token', token } })
    return `${voucher?.voucherId} ${voucher?.code} ${voucher?.valueMinor}`
  }
}

async function newCode(place: Place): Promise<string> {
  const told = await claiming(place, await newShare(place))(place.process())
  return told.split(' ')[1] ?? ''
}

function redeeming({ world }: Place, code: string) {
  const requestId = crypto.randomUUID()
  return async (app: AppContext): Promise<string> => {
    const { merchantId } = world.shop
    const order = { merchantId, code, requestId, amountMinor: 500, by: 'api' }
    const result = await redeemVoucher(app, order)
    return 'redemption' in result ? result.redemption.redemptionId : result.reason
  }
}

/** A message is sent at least once, whoever dies; a lease that a dead process holds is taken as over. */
async function sending({ world, chance }: Place): Promise<Act> {
  const { merchantId } = world.shop
  const { db } = world.app
  const personId = `telegram:${chance.between(1e12, 2e12)}`
  await db.run(
    ({ sql }) => sql`
      with others as (
        update outbox set sent_at = clock_timestamp()
        where merchant_id = ${merchantId} and sent_at is null
      ), person as (insert into people (id, reachable) values (${personId}, true))
      insert into outbox (merchant_id, id, kind, person_id)
      values (${merchantId}, ${`prove:${personId}`}, 'prove', ${personId})`,
  )
  let sent = 0
  const isNoted = async () => {
    const [message] = await db.run(
      ({ sql }) => sql<{ noted: boolean }[]>`
        select sent_at is not null as noted from outbox
        where merchant_id = ${merchantId} and person_id = ${personId}`,
    )
    return message?.noted ?? false
  }
  return async (app, isDead = () => false) => {
    await db.run(
      ({ sql }) => sql`
        update outbox set leased_until = null, due_at = clock_timestamp()
        where merchant_id = ${merchantId} and person_id = ${personId}`,
    )
    const worker = startOutbox(app, {
      draw: async () => ({ method: 'sendMessage', params: {} }),
      send: async () => sent++,
      pace: (_, work) => work(),
    })
    const until = Date.now() + 5000
    while (!(await isNoted()) && !isDead() && Date.now() < until) await sleep(10)
    await sleep(30)
    await worker.stop()
    if (!(await isNoted())) throw new Error('not noted as sent')
    if (sent === 0) throw new Error('noted as sent, and never sent')
    return 'sent'
  }
}
