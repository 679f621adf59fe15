import type { Sql } from 'postgres'

import type { AppContext } from '../../src/context.ts'
import type { Database } from '../../src/store/database.ts'
import { newKey } from '../../src/tokens/key-ring.ts'
import { queryOrder } from '../../src/usecases/query-order.ts'
import { shareOffer } from '../../src/usecases/share-offer.ts'
import { addCampaign, addOrder, addShop, type CampaignOptions, type Shop } from '../helpers/shop.ts'
import { openProveApp } from './app.ts'
import type { Chance } from './chance.ts'
import { type Ground, withAdmin } from './ground.ts'

/** A merchant on a database of their own, seen by a process that nobody disturbs. */
export type World = AsyncDisposable & {
  url: string
  keys: string
  app: AppContext
  shop: Shop
  /** People with an order; each is asked once in a while, so that no limit of a person is met. */
  nextKnown(): string
  nextStranger(): string
  cashiers: readonly string[]
}

/** A campaign with shares, and who will open them: more people than there is to give. */
export type Round = {
  campaignId: string
  shares: { shareId: string; token: string }[]
  asks: { personId: string; token: string }[]
}

const CASHIERS = 200

export type WorldOptions = {
  /** How many people have an order. */
  known?: number
  /** A directory of the database's own. */
  directory?: string
  /** What is done to the empty database before anything else. */
  change?: (sql: Sql) => Promise<unknown>
  wrap?: (db: Database) => Database
}

export async function openWorld(
  ground: Ground,
  { known: most = 30_000, directory, change, wrap = (db) => db }: WorldOptions = {},
): Promise<World> {
  const url = await ground.freshDatabase(directory)
  if (change) await withAdmin(url, change)
  const keys = newKey('prove')
  const app = openProveApp({ url, keys, deadlineMs: 120_000, wrap })
  const shop = await addShop(app)
  const cashiers = Array.from({ length: CASHIERS }, (_, i) => `telegram:${9_000_000 + i}`)
  await withAdmin(url, async (sql) => {
    await sql`insert into customers (merchant_id, person_id, orders_count)
      select ${shop.merchantId}, 'telegram:' || i, 1 from generate_series(1, ${most}::integer) i`
    await sql`insert into staff (merchant_id, person_id, role)
      select ${shop.merchantId}, person, 'cashier' from unnest(string_to_array(${cashiers.join()}, ',')) as person`
  })
  let known = 0
  let strangers = 20_000_000
  return {
    url,
    keys,
    app,
    shop,
    cashiers,
    nextKnown: () => `telegram:${(known++ % most) + 1}`,
    nextStranger: () => `telegram:${strangers++}`,
    [Symbol.asyncDispose]: async () => {
      await app.db.close()
      await ground.dropDatabase(url)
    },
  }
}

/** The kinds of campaign that take turns: each runs out of something else before `people` have asked. */
const KINDS: readonly ((people: number) => CampaignOptions)[] = [
  // slots and pots
  (people) => ({
    mode: 'random',
    budgetMinor: 1_000_000,
    potMinor: 250 * Math.ceil(people / 6),
    drawMinMinor: 50,
    drawMaxMinor: 500,
    slotsPerShare: Math.ceil(people / 6),
    fallback: { quantity: Math.ceil(people / 6) },
  }),
  // vouchers of each kind
  (people) => ({
    slotsPerShare: people,
    templates: [
      { quantity: Math.ceil(people / 5) },
      { quantity: Math.ceil(people / 6), valueMinor: 300 },
    ],
    fallback: { quantity: Math.ceil(people / 6) },
  }),
  // the budget; and one voucher for each share
  (people) => ({
    slotsPerShare: people,
    budgetMinor: 200 * people,
    claimScope: 'share',
    fallback: { quantity: Math.ceil(people / 6) },
  }),
  // what is given in all or on a day, and how often to one person
  (people) => ({
    slotsPerShare: people,
    maxVouchers: Math.ceil(people / 2),
    dayMaxVouchers: Math.ceil(people / 3),
    dayBudgetMinor: 250 * people,
    claimScope: 'share',
    personLimit: 2,
    personPeriod: 'week',
    fallback: { quantity: Math.ceil(people / 6) },
  }),
]

/** A new campaign whose shares `count` people will open, some twice and some on several shares. */
export async function newRound(world: World, chance: Chance, count: number): Promise<Round> {
  const { campaignId } = await addCampaign(world.app, world.shop, chance.pick(KINDS)(count))
  const shares = await Promise.all([1, 2, 3].map(() => addShareOf(world, campaignId)))
  const people = Array.from({ length: Math.ceil(count * 0.7) }, () =>
    chance.draw() < 0.8 ? world.nextKnown() : world.nextStranger(),
  )
  const again = Array.from({ length: count - people.length }, () => chance.pick(people))
  const asks = chance
    .shuffle([...people, ...again])
    .map((personId) => ({ personId, token: chance.pick(shares).token }))
  return { campaignId, shares, asks }
}

/** A share of one campaign's offer, by somebody with a new order. */
export async function addShareOf(world: World, campaignId: string) {
  const { press } = await readyToShare(world, campaignId)
  return press(world.app)
}

/** Somebody who has opened a new order and may press Share, as often as they like. */
export async function readyToShare(world: World, campaignId: string) {
  const { merchantId } = world.shop
  const personId = world.nextKnown()
  const order = await addOrder(world.app, world.shop, `prove-${crypto.randomUUID()}`)
  await queryOrder(world.app, { personId, by: { kind: 'token', token: order.queryToken } })
  const offerId = await offerOf(world, campaignId)
  const { orderId, sourceId: orderSourceId } = order
  const press = async (app: AppContext) => {
    const result = await shareOffer(app, { personId, order: { merchantId, orderId }, offerId })
    if (result.outcome !== 'shared') throw new Error(`not shared: ${result.reason}`)
    const { shareId, reference } = result.share
    const token = await app.tokens.sealShare({ merchantId, shareId })
    return { shareId, sharerId: personId, token, reference, orderSourceId }
  }
  return { personId, orderSourceId, press }
}

async function offerOf({ app, shop }: World, campaignId: string): Promise<string> {
  const [offer] = await app.db.run(
    ({ sql }) => sql<{ id: string }[]>`
      select id from offers where merchant_id = ${shop.merchantId} and campaign_id = ${campaignId}`,
  )
  return offer?.id ?? ''
}
