import { addOrder } from '../helpers/shop.ts'
import type { Place } from './place.ts'
import { count, type Tally } from './tally.ts'
import { giftsOf, type Said, stateOf, type Till, tillOf } from './till.ts'

/** Tills that meet at one voucher: spending, holding, giving back, and orders that are cancelled meanwhile. */
export async function raceSpending(place: Place, tally: Tally): Promise<void> {
  const { codes } = await giftsOf(place.world, 3)
  const [first = '', second = '', third = ''] = codes
  await raceTills(place, tally, first)
  await raceHolds(place, tally, second)
  await raceRefunds(place, tally, third)
}

function tillsOf({ world, processes }: Place): Till[] {
  return processes.map((app) => tillOf(app, world.shop.merchantId))
}

/** Six tills and one gift of 1000: at most 1000 is spent at any time, and each request served once. */
async function raceTills(place: Place, tally: Tally, code: string): Promise<void> {
  const tills = tillsOf(place)
  const shared = crypto.randomUUID()
  const spends = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      tills[i % tills.length]!.redeem(code, {
        amountMinor: 400,
        ...(i < 3 && { requestId: shared }),
      }),
    ),
  )
  count(tally, 'redemptions raced', spends.length)
  const redeemed = noteFailures(spends, tally).filter(({ outcome }) => outcome === 'redeemed')
  if (redeemed.length > 2) tally.over.push(`${redeemed.length} tills spent 400 of 1000`)

  const id = redeemed[0]?.id ?? ''
  const rollbacks = await Promise.all(tills.map((till) => till.rollBack(id)))
  count(tally, 'rollbacks raced', rollbacks.length)
  const done = noteFailures(rollbacks, tally).filter(({ outcome }) => outcome === 'rolled_back')
  if (done.length > 1) tally.double.push(`a redemption was rolled back ${done.length} times`)
}

/** A hold of 600 of 1000 is spent and released by four at once, while two others take 400. */
async function raceHolds(place: Place, tally: Tally, code: string): Promise<void> {
  const tills = tillsOf(place)
  const { id: holdId } = await tills[0]!.hold(code, 600)
  const [spends, releases, others] = await Promise.all([
    Promise.all(tills.slice(0, 2).map((till) => till.redeem(code, { holdId }))),
    Promise.all(tills.slice(2).map((till) => till.release(holdId))),
    Promise.all([tills[1]!.redeem(code, { amountMinor: 400 }), tills[3]!.hold(code, 400)]),
  ])
  count(tally, 'holds raced', spends.length + releases.length + others.length)
  noteFailures([...spends, ...releases, ...others], tally)
  const spent = spends.filter(({ outcome }) => outcome === 'redeemed').length
  const released = releases.filter(({ outcome }) => outcome === 'released').length
  if (spent + released !== 1)
    tally.double.push(`a hold was spent ${spent}, released ${released} times`)
}

/** An order is cancelled while two tills spend for it and a third gives back: nothing stays spent. */
async function raceRefunds(place: Place, tally: Tally, code: string): Promise<void> {
  const tills = tillsOf(place)
  const orderId = `race-${crypto.randomUUID()}`
  if (place.chance.draw() < 0.5) await addOrder(place.world.app, place.world.shop, orderId)
  const first = await tills[0]!.redeem(code, { orderId, amountMinor: 300 })
  const answers = await Promise.all([
    tills[0]!.redeem(code, { orderId, amountMinor: 300 }),
    tills[1]!.rollBack(first.id, { amountMinor: 100 }),
    tills[2]!.cancel(orderId),
    tills[3]!.redeem(code, { orderId, amountMinor: 300 }),
    tills[0]!.cancel(orderId),
  ])
  count(tally, 'refunds raced', answers.length)
  noteFailures(answers, tally)
  const { left } = await stateOf(place.world, code)
  if (left !== 1000) tally.over.push(`a cancelled order kept ${1000 - left} of 1000`)
}

function noteFailures(said: readonly Said[], tally: Tally): readonly Said[] {
  const failed = said.filter(({ outcome }) => outcome.startsWith('failed'))
  tally.wrong.push(...failed.map(({ outcome }) => `at a till: ${outcome}`))
  return said
}
