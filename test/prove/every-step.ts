import { setTimeout as sleep } from 'node:timers/promises'

import type { AppContext } from '../../src/context.ts'
import { startOutbox } from '../../src/telegram/outbox-worker.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { erasePerson } from '../../src/usecases/erase-person.ts'
import type { RedeemRequest } from '../../src/usecases/redeem-voucher.ts'
import { revokeShare } from '../../src/usecases/revoke-share.ts'
import { addCampaign } from '../helpers/shop.ts'
import { type Death, type DyingDatabase, dyingDatabase } from './dying-database.ts'
import { tracesOf } from './erasing.ts'
import { judgeBooks } from './judge.ts'
import type { Place } from './place.ts'
import { count, type Tally } from './tally.ts'
import { giftOf, type Said, stateOf, tillOf } from './till.ts'
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
  if (!dying?.isDead()) {
    if (heard === undefined) tally.wrong.push(`${deed.name} failed, and nobody had died`)
    return false
  }

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
    prepare: async (place) => redeeming(place, (await giftOf(place.world)).code),
  },
  {
    name: 'rollback',
    prepare: async (place) => {
      const till = tillIn(place)
      const { id } = await till(place.process()).redeem((await giftOf(place.world)).code)
      const requestId = crypto.randomUUID()
      return async (app) => doneIn(await till(app).rollBack(id, { requestId, amountMinor: 300 }))
    },
  },
  {
    name: 'erasure',
    prepare: async (place) => {
      const { token } = await newShare(place)
      const personId = place.world.nextKnown()
      await claimShare(place.world.app, { personId, by: { kind: 'token', token } })
      return async (app) => {
        await erasePerson(app, personId)
        return tracesOf(place.world, personId)
      }
    },
  },
  {
    name: 'hold',
    prepare: async (place) => {
      const { code } = await giftOf(place.world)
      const requestId = crypto.randomUUID()
      return async (app) => doneIn(await tillIn(place)(app).hold(code, 400, requestId))
    },
  },
  {
    name: 'hold spent',
    prepare: async (place) => {
      const { code } = await giftOf(place.world)
      const { id: holdId } = await tillIn(place)(place.process()).hold(code, 400)
      return redeeming(place, code, { holdId, amountMinor: 300 })
    },
  },
  {
    name: 'hold released',
    prepare: async (place) => {
      const { code } = await giftOf(place.world)
      const { id } = await tillIn(place)(place.process()).hold(code, 400)
      return async (app) => {
        await tillIn(place)(app).release(id)
        return JSON.stringify(await stateOf(place.world, code))
      }
    },
  },
  {
    name: 'order cancelled that was paid for and shared from',
    prepare: async (place) => {
      const { world } = place
      const { code, shareOrder } = await giftOf(world, {}, { onCancelledShare: 'revoke' })
      await tillIn(place)(place.process()).redeem(code, { orderId: shareOrder, amountMinor: 300 })
      return async (app) => {
        await tillIn(place)(app).cancel(shareOrder)
        return JSON.stringify(await stateOf(world, code))
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

function tillIn({ world }: Place) {
  return (app: AppContext) => tillOf(app, world.shop.merchantId)
}

function redeeming(place: Place, code: string, more: Partial<RedeemRequest> = {}): Act {
  const order = { requestId: crypto.randomUUID(), amountMinor: 500, ...more }
  return async (app) => doneIn(await tillIn(place)(app).redeem(code, order))
}

/** What was done, in words that stay the same; whoever dies is told nothing. */
function doneIn({ outcome, id, amountMinor }: Said): string {
  if (outcome.startsWith('failed')) throw new Error(outcome)
  return id ? `${id} ${amountMinor}` : outcome
}

/** A message is sent at least once, whoever dies; a lease that a dead process holds is taken as over. */
async function sending({ world, chance }: Place): Promise<Act> {
  const { merchantId } = world.shop
  const { db } = world.app
  const personId = `telegram:${chance.between(1e12, 2e12)}`
  const id = `prove:${personId}`
  await db.run(
    ({ sql }) => sql`
      with others as (
        update outbox set sent_at = clock_timestamp()
        where merchant_id = ${merchantId} and sent_at is null
      ), person as (insert into people (id, reachable) values (${personId}, true))
      insert into outbox (merchant_id, id, kind, person_id)
      values (${merchantId}, ${id}, 'prove', ${personId})`,
  )
  let sent = 0
  const isNoted = async () => {
    const [message] = await db.run(
      ({ sql }) => sql<{ noted: boolean }[]>`
        select sent_at is not null as noted from outbox
        where merchant_id = ${merchantId} and id = ${id}`,
    )
    return message?.noted ?? false
  }
  return async (app, isDead = () => false) => {
    await db.run(
      ({ sql }) => sql`
        update outbox set leased_until = null, due_at = clock_timestamp()
        where merchant_id = ${merchantId} and id = ${id}`,
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
