import { claimShare } from '../../src/usecases/claim-share.ts'
import { erasePerson } from '../../src/usecases/erase-person.ts'
import { sharesOf } from '../../src/usecases/list-shares.ts'
import { vouchersOf } from '../../src/usecases/list-vouchers.ts'
import { addCampaign } from '../helpers/shop.ts'
import type { Place } from './place.ts'
import { count, expectThat, type Tally } from './tally.ts'
import { tillOf } from './till.ts'
import { addShareOf, type World } from './world.ts'

const PER_SHARE = {
  claimScope: 'share',
  slotsPerShare: 9,
  templates: [{ kind: 'gift_balance', valueMinor: 1000 }],
} as const

/** What is left of somebody who was erased: nothing that says who, and nothing to spend. */
export async function tryErasing(world: World, tally: Tally): Promise<void> {
  const { app, shop } = world
  const { campaignId } = await addCampaign(app, shop, {
    ...PER_SHARE,
    templates: [...PER_SHARE.templates],
  })
  const till = tillOf(app, shop.merchantId)
  const share = await addShareOf(world, campaignId)
  const { sharerId: person, token } = share
  const claim = (personId: string) => claimShare(app, { personId, by: { kind: 'token', token } })
  const { voucher } = await claim(person)
  const code = voucher?.code ?? ''
  const { id } = await till.redeem(code, { amountMinor: 300 })
  await till.hold(code, 200)
  await erasePerson(app, person)

  const gone = await tracesOf(world, person)
  expectThat(tally, 'wrong', `an erased person is still in ${gone}`, gone === '')
  const void_ = (await till.redeem(code, { amountMinor: 1 })).outcome
  expectThat(tally, 'over', `a voucher of an erased person: ${void_}`, void_ === 'revoked')
  const stopped = (await claim(world.nextKnown())).result
  expectThat(tally, 'over', `a share of an erased person: ${stopped}`, stopped === 'revoked')
  const back = (await till.rollBack(id)).outcome
  expectThat(tally, 'wrong', `undoing for an erased person: ${back}`, back === 'rolled_back')
  const other = await addShareOf(world, campaignId)
  const again = await claimShare(app, {
    personId: person,
    by: { kind: 'token', token: other.token },
  })
  const found = (await vouchersOf(app, person)).length
  expectThat(
    tally,
    'wrong',
    `come again: ${again.result}, ${found} found`,
    again.result === 'fallback' && found === 1,
  )
}

/**
 * Somebody is erased while they claim, friends claim from them, tills spend and give back, and the sharer of
 * another link is erased too. Whatever they get after it is found again, and erased the next time.
 */
export async function raceErasing(place: Place, tally: Tally): Promise<void> {
  const { world, processes } = place
  const { app, shop } = world
  const { campaignId } = await addCampaign(app, shop, {
    ...PER_SHARE,
    templates: [...PER_SHARE.templates],
  })
  const [mine, theirs] = [await addShareOf(world, campaignId), await addShareOf(world, campaignId)]
  const person = mine.sharerId
  const claim = (at: number, personId: string, token: string) =>
    claimShare(processes[at]!, { personId, by: { kind: 'token', token } })
  const { voucher } = await claim(0, person, mine.token)
  const tills = processes.map((process) => tillOf(process, shop.merchantId))
  const code = voucher?.code ?? ''
  const { id } = await tills[0]!.redeem(code, { amountMinor: 300 })
  const done = await Promise.allSettled([
    erasePerson(processes[0]!, person),
    claim(1, person, theirs.token),
    claim(2, person, theirs.token),
    claim(3, world.nextKnown(), mine.token),
    tills[1]!.redeem(code, { amountMinor: 100 }),
    tills[2]!.rollBack(id),
    tills[3]!.cancel(mine.orderSourceId),
    erasePerson(processes[3]!, theirs.sharerId),
  ])
  count(tally, 'erasures raced', 2)
  for (const one of done) {
    const failed = one.status === 'rejected' ? String(one.reason) : failureIn(one.value)
    if (failed) tally.wrong.push(`beside an erasure: ${failed}`)
  }
  await everythingIsFound(world, person, tally)
  for (const one of [person, theirs.sharerId]) {
    await erasePerson(app, one)
    const gone = await tracesOf(world, one)
    if (gone !== '') tally.wrong.push(`erased twice, and still in ${gone}`)
  }
}

/** What a till could not do, not what it was refused. */
function failureIn(said: unknown): string | undefined {
  const { outcome = '' } = (said ?? {}) as { outcome?: string }
  return outcome.startsWith('failed') ? outcome : undefined
}

/** What a person holds is in their wallet, and what they share in their list. */
async function everythingIsFound(
  { app, shop }: World,
  person: string,
  tally: Tally,
): Promise<void> {
  const [held] = await app.db.run(
    ({ sql }) => sql<{ vouchers: number; shares: number }[]>`
      select
        (select count(*)::integer from vouchers v
          where v.merchant_id = ${shop.merchantId} and v.holder_id = ${person}) as vouchers,
        (select count(*)::integer from shares s
          where s.merchant_id = ${shop.merchantId} and s.sharer_id = ${person}) as shares`,
  )
  const wallet = (await vouchersOf(app, person)).length
  const shares = (await sharesOf(app, person)).length
  if (wallet !== held?.vouchers || shares !== held.shares)
    tally.lost.push(
      `of ${held?.vouchers} vouchers and ${held?.shares} shares ${wallet} and ${shares} are found`,
    )
}

/** The tables that still know a person. */
export async function tracesOf({ app, shop }: World, person: string): Promise<string> {
  const { merchantId } = shop
  const [row] = await app.db.run(
    ({ sql }) => sql<{ tables: string | null }[]>`
      select string_agg(distinct t.name, ', ') as tables from (
        select 'vouchers' from vouchers v where v.merchant_id = ${merchantId} and v.holder_id = ${person}
        union all
        select 'claims' from claims k where k.merchant_id = ${merchantId} and k.person_id = ${person}
        union all
        select 'decisions' from decisions d where d.merchant_id = ${merchantId} and d.person_id = ${person}
        union all
        select 'orders' from orders o where o.merchant_id = ${merchantId} and o.holder_id = ${person}
        union all
        select 'shares' from shares s where s.merchant_id = ${merchantId} and s.sharer_id = ${person}
        union all
        select 'customers' from customers c where c.merchant_id = ${merchantId} and c.person_id = ${person}
        union all
        select 'usage_events' from usage_events u where u.merchant_id = ${merchantId} and u.person_id = ${person}
        union all
        select 'outbox' from outbox b where b.merchant_id in (${merchantId}, '') and b.person_id = ${person}
        union all
        select 'memberships' from memberships m where m.person_id = ${person}
        union all
        select 'people' from people p where p.id = ${person}
      ) t (name)`,
  )
  return row?.tables ?? ''
}
