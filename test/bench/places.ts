import type postgres from 'postgres'

import { newId, newReference } from '../../src/ids.ts'
import { hashOfSeed, newSeed } from '../../src/seed.ts'
import type { VouchersRequest } from '../../src/usecases/create-vouchers.ts'
import { addCampaign, addShop, type CampaignOptions, type Shop } from '../helpers/shop.ts'
import { FIRST_PERSON, type Ground } from './ground.ts'

/** A shop, and some more that a platform serves at the same time; one that knows every second person. */
export type Town = { main: Shop; others: Shop[]; half: Shop | undefined }

/** A share to claim from. */
export type Place = {
  merchantId: string
  campaignId: string
  templateId: string
  templateIds: string[]
  shareId: string
  token: string
}

/** The most that a campaign allows. */
export const MOST_SLOTS = 100_000
const PLENTY = 100_000_000

/** Opens the shops. Who is known is a customer of the first and of one of the others, with an order at each. */
export async function buildTown(
  { app, sql }: Ground,
  { known: people, others }: { known: number; others: number },
): Promise<Town> {
  const main = await addShop(app, 'Candle & Co')
  await addCustomers(sql, main, { people })
  const town: Town = { main, others: [], half: undefined }
  for (let i = 0; i < others; i++) {
    const shop = await addShop(app, `Shop ${i}`)
    await addCustomers(sql, shop, { people, every: others, from: i })
    town.others.push(shop)
  }
  if (others > 0) {
    town.half = await addShop(app, 'Half & Half')
    await addCustomers(sql, town.half, { people, every: 2 })
    await makeDifferent(sql, town.half)
  }
  await sql`analyze`
  return town
}

/** A campaign with three kinds of vouchers and one share of it, or several. */
export async function openPlaces(
  { app, sql }: Ground,
  shop: Shop,
  options: {
    shares?: number
    slots?: number
    fallbacks?: number
    mode?: 'matched' | 'random'
    kinds?: readonly Partial<VouchersRequest>[]
    terms?: CampaignOptions
  } = {},
): Promise<Place[]> {
  const {
    shares = 1,
    slots = MOST_SLOTS,
    fallbacks = PLENTY,
    mode = 'matched',
    kinds = KINDS,
    terms,
  } = options
  const pot = { potMinor: slots * 300, drawMinMinor: 100, drawMaxMinor: 900 }
  const { campaignId, templateIds } = await addCampaign(app, shop, {
    mode,
    ...(mode === 'random' && pot),
    ...terms,
    budgetMinor: PLENTY * 500,
    slotsPerShare: slots,
    offer: { title: 'A treat for your friends', rule: { amountMinor: { from: 100_000_000 } } },
    templates: kinds.map((kind) => ({ ...kind, quantity: PLENTY })),
    fallback: { quantity: fallbacks },
  })
  const shareIds = await addShares(sql, shop, campaignId, shares)
  const { merchantId } = shop
  const templateId = templateIds[0] ?? ''
  return Promise.all(
    shareIds.map(async (shareId) => ({
      merchantId,
      campaignId,
      templateId,
      templateIds,
      shareId,
      token: await app.tokens.sealShare({ merchantId, shareId }),
    })),
  )
}

/** Everything that a campaign may limit, far too large to be met; its hours leave out a minute after midnight. */
export const EVERY_LIMIT: CampaignOptions = {
  maxVouchers: PLENTY,
  dayMaxVouchers: PLENTY,
  dayBudgetMinor: PLENTY * 500,
  openFromMinute: 2,
  openToMinute: 1,
  claimScope: 'share',
  personLimit: 1000,
  personPeriod: 'month',
}

/** Five that differ, for a model to choose from. */
export const FIVE_KINDS: readonly Partial<VouchersRequest>[] = [
  {
    name: '15 % off candles',
    kind: 'percent_off',
    percentBp: 1500,
    valueMinor: 800,
    traits: { candles: 0.8 },
  },
  { name: '£5 off kitchen', valueMinor: 500, minSpendMinor: 2000, traits: { kitchen: 0.8 } },
  { name: 'A mug', kind: 'free_item', valueMinor: 495, traits: { new: 0.5 } },
  { name: '£10 balance', kind: 'gift_balance', valueMinor: 900, traits: { redeemer: 0.8 } },
  { name: '£3 off anything', valueMinor: 300, minSpendMinor: 500 },
]

const KINDS = [
  { name: '£5 off candles', traits: { candles: 0.8, returning: 0.2 } },
  { name: '£5 off kitchen', traits: { kitchen: 0.8 } },
  { name: '£5 off anything', traits: { sharer: 0.5, new: 0.3 } },
]

/** Shares of a campaign, each from an order of its own, written as the use cases write them. */
async function addShares(
  sql: postgres.Sql,
  shop: Shop,
  campaignId: string,
  count: number,
): Promise<string[]> {
  const made = Array.from({ length: count }, () => ({ id: newId('shr'), order: newId('ord') }))
  const seed = newSeed()
  await sql`
    insert into orders (
      merchant_id, id, source_id, store_id, placed_at, currency, total_minor, lines, content_hash,
      reference, pin_sealed, holder_id, bound_at
    )
    select ${shop.merchantId}, id, id, ${shop.storeId}, clock_timestamp(), 'GBP', 1530, '[]', id, id, '',
           'telegram:1', clock_timestamp()
    from unnest(${made.map(({ order }) => order)}::text[]) as made (id)`
  await sql`
    insert into shares (
      merchant_id, id, campaign_id, offer_id, order_id, sharer_id, slots, seed, seed_hash, reference, expires_at
    )
    select c.merchant_id, made.id, c.id, f.id, made.order_id, 'telegram:1', c.slots_per_share, ${seed},
           ${hashOfSeed(seed)}, ${newReference()} || made.id, c.ends_at
    from unnest(${made.map(({ id }) => id)}::text[], ${made.map(({ order }) => order)}::text[])
           as made (id, order_id)
    join campaigns c on c.merchant_id = ${shop.merchantId} and c.id = ${campaignId}
    join offers f on f.merchant_id = c.merchant_id and f.campaign_id = c.id`
  return made.map(({ id }) => id)
}

/** Customers are no copies of each other: most have ordered once, some often; they like and did this and that. */
async function makeDifferent(sql: postgres.Sql, { merchantId }: Shop): Promise<void> {
  await sql`
    update customers c set
      orders_count = n.orders, spent_minor = n.orders * n.basket, shares_count = n.often % 3,
      tastes = jsonb_strip_nulls(jsonb_build_object(
        'candles', 1 + n.basket * n.taste, 'kitchen', case when n.orders > 1 then n.basket end
      )),
      latest_orders = array(
        select clock_timestamp() - make_interval(days => n.days * g) from generate_series(1, n.orders) g
      ),
      tried = case when n.often > 2 then jsonb_build_object('amount_off', jsonb_build_array(n.often, n.orders - 1))
              else '{}' end
    from (
      select x.person_id, case when h % 10 < 6 then 1 else h % 7 + 1 end as orders, 400 + h % 9000 as basket,
             h / 7 % 200 as days, h / 11 % 5 as often, h / 13 % 8 as taste
      from customers x, lateral (select abs(hashtext(x.person_id)) as h) hashed
      where x.merchant_id = ${merchantId}
    ) n
    where c.merchant_id = ${merchantId} and c.person_id = n.person_id`
}

/** Makes people customers of a shop: one order each, and what follows from it. */
async function addCustomers(
  sql: postgres.Sql,
  { merchantId, storeId }: Shop,
  { people, every = 1, from = 0 }: { people: number; every?: number; from?: number },
): Promise<void> {
  const first = FIRST_PERSON + from
  const last = FIRST_PERSON + people - 1
  await sql`
    insert into orders (
      merchant_id, id, source_id, store_id, placed_at, currency, total_minor, lines, tastes, content_hash,
      reference, pin_sealed, holder_id, bound_at
    )
    select ${merchantId}, 'ord_' || p, 'of-' || p, ${storeId}, clock_timestamp(), 'GBP', 1530, '[]',
           jsonb_build_object(case p % 3 when 0 then 'candles' when 1 then 'kitchen' else 'garden' end, 1530),
           'hash', 'of-' || p, '', 'telegram:' || p, clock_timestamp()
    from generate_series(${first}::bigint, ${last}::bigint, ${every}::bigint) p`
  await sql`
    insert into memberships (person_id, merchant_id)
    select holder_id, merchant_id from orders where merchant_id = ${merchantId}`
  await sql`
    insert into customers (merchant_id, person_id, orders_count, spent_minor, tastes)
    select merchant_id, holder_id, 1, total_minor, tastes from orders where merchant_id = ${merchantId}`
}
