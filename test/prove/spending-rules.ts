import { expireDueHolds } from '../../src/usecases/expire-due-holds.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { addOrder, CANDLES } from '../helpers/shop.ts'
import { expectThat, type Tally } from './tally.ts'
import { giftOf, giftsOf, passTime, type Said, stateOf, tillOf } from './till.ts'
import type { World } from './world.ts'

/** What one till is told that spends, holds and gives back everything once, twice and too much. */
export async function trySpending(world: World, tally: Tally): Promise<void> {
  const attempts = [
    tryRedeeming,
    tryRollbacks,
    tryHolds,
    tryDueHold,
    tryTidiedHold,
    tryRefunds,
    tryItems,
    tryExpired,
  ]
  const { codes } = await giftsOf(world, attempts.length)
  for (const [i, attempt] of attempts.entries()) await attempt(world, tally, codes[i] ?? '')
  await tryTerms(world, tally)
  await tryWithdrawing(world, tally)
}

async function tryRedeeming(world: World, tally: Tally, code: string): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const same = { amountMinor: 600, requestId: crypto.randomUUID() }
  const said = outcomesOf([
    await till.redeem(code, same),
    await till.redeem(code, same),
    await till.redeem(code, { amountMinor: 600 }),
    await till.redeem(code),
    await till.redeem(code),
  ])
  const right = 'redeemed,repeated,amount_exceeds_balance,redeemed,already_redeemed'
  expectThat(tally, 'over', `spending 600, 600 and all of 1000: ${said}`, said === right)
}

async function tryRollbacks(world: World, tally: Tally, code: string): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const { id } = await till.redeem(code)
  const same = { amountMinor: 700, requestId: crypto.randomUUID() }
  const said = outcomesOf([
    await till.rollBack(id, same),
    await till.rollBack(id, same),
    await till.rollBack(id, { amountMinor: 700 }),
    await till.rollBack(id),
    await till.rollBack(id),
  ])
  const right = 'rolled_back,repeated,amount_exceeds_redemption,rolled_back,nothing_left'
  expectThat(tally, 'over', `giving back 700, 700 and all of 1000: ${said}`, said === right)
}

/** Holds of 400 and 500 on 1000: others spend 100, the first is released once, the second spent once. */
async function tryHolds(world: World, tally: Tally, code: string): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const request = crypto.randomUUID()
  const first = await till.hold(code, 400, request)
  const again = await till.hold(code, 400, request)
  expectThat(tally, 'double', 'a request held twice', again.id === first.id)
  const second = await till.hold(code, 500)
  const said = outcomesOf([
    await till.hold(code, 101),
    await till.redeem(code, { amountMinor: 101 }),
    await till.release(first.id),
    await till.release(first.id),
    await till.redeem(code, { amountMinor: 501 }),
    await till.redeem(code, { holdId: second.id, amountMinor: 300 }),
    await till.redeem(code, { holdId: second.id, amountMinor: 300 }),
    await till.release(second.id),
  ])
  const right = 'held,held,released,unchanged,held,redeemed,hold_over,hold_over'
  expectThat(tally, 'over', `holding 400 and 500 of 1000: ${said}`, said === right)
  const { left, held } = await stateOf(world, code)
  expectThat(
    tally,
    'over',
    `left ${left}, held ${held} of 1000 after 300`,
    left === 700 && held === 0,
  )
}

/** A hold whose time is over keeps nobody from spending, tidied or not. */
async function tryDueHold(
  world: World,
  tally: Tally,
  code: string,
  tidy: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const { id } = await till.hold(code)
  await passTime(world, 'holds', code)
  await tidy()
  const said = outcomesOf([await till.redeem(code, { holdId: id }), await till.redeem(code)])
  expectThat(tally, 'wrong', `a hold that was over: ${said}`, said === 'hold_over,redeemed')
}

function tryTidiedHold(world: World, tally: Tally, code: string): Promise<void> {
  return tryDueHold(world, tally, code, () => expireDueHolds(world.app))
}

/** Where, when and for how much a voucher is good. */
async function tryTerms(world: World, tally: Tally): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const bound = await giftOf(world, { storeSourceId: '7', minSpendMinor: 2000 })
  const percent = await giftOf(world, { kind: 'percent_off', percentBp: 1250, valueMinor: 300 })
  // of a week there is no weekday that is today and tomorrow
  const today = (new Date().getUTCDay() + 6) % 7
  const never = await giftOf(world, { useWeekdays: 1 << ((today + 3) % 7) })
  const said = outcomesOf([
    await till.redeem(bound.code),
    await till.redeem(bound.code, { orderMinor: 1999 }),
    await till.redeem(bound.code, { orderMinor: 2000, storeId: 'nowhere' }),
    await till.redeem(bound.code, { orderMinor: 2000, currency: 'EUR' }),
    await till.redeem(bound.code, { orderMinor: 2000, storeId: '7' }),
    await till.redeem(never.code),
    await till.redeem(percent.code),
  ])
  const right =
    'order_amount_required,min_spend_not_met,unknown_store,currency_mismatch,redeemed,outside_hours,amount_required'
  expectThat(tally, 'over', `terms at the till: ${said}`, said === right)
  const { amountMinor } = await till.redeem(percent.code, { orderMinor: 1236 })
  expectThat(tally, 'over', `an eighth of 1236 is ${amountMinor}`, amountMinor === 155)
}

/** An order of 1530 that 1000 were paid for is paid back in parts, told twice, and cancelled. */
async function tryRefunds(world: World, tally: Tally, code: string): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const order = `paid-${crypto.randomUUID()}`
  await addOrder(world.app, world.shop, order)
  await till.redeem(code, { orderId: order })
  const left = []
  for (const refund of ['a', 'a', 'b']) {
    await till.refund(order, refund, 510)
    left.push((await stateOf(world, code)).left)
  }
  for (let i = 0; i < 2; i++) await till.cancel(order)
  left.push((await stateOf(world, code)).left)
  const said = left.join()
  expectThat(tally, 'over', `refunds of thirds left ${said}`, said === '333,333,666,1000')
  const { outcome } = await till.redeem(code, { orderId: order })
  expectThat(tally, 'over', `paying a cancelled order: ${outcome}`, outcome === 'order_cancelled')
}

/** Items that are brought back one by one give back all that was paid for them, and once. */
async function tryItems(world: World, tally: Tally, code: string): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const order = `items-${crypto.randomUUID()}`
  await addOrder(world.app, world.shop, order, {
    totalMinor: 1000,
    lines: [{ ...CANDLES, sku: 'tea', quantity: 3, unitMinor: 333, amountMinor: 1000 }],
  })
  const { id } = await till.redeem(code, { orderId: order, amountMinor: 500 })
  const back = []
  for (let i = 0; i < 4; i++) {
    const { outcome, amountMinor } = await till.rollBack(id, {
      items: [{ sku: 'tea', quantity: 1 }],
    })
    back.push(outcome === 'rolled_back' ? amountMinor : outcome)
  }
  const said = back.join()
  expectThat(tally, 'over', `three teas for 500 gave ${said}`, said === '166,167,167,nothing_left')
}

/** What comes back to a voucher that is over can be spent by nobody. */
async function tryExpired(world: World, tally: Tally, code: string): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const { id } = await till.redeem(code, { amountMinor: 400 })
  await till.hold(code, 100)
  await passTime(world, 'vouchers', code)
  await expireDueVouchers(world.app)
  await till.rollBack(id)
  const { status, left, held } = await stateOf(world, code)
  const said = `${status}, left ${left}, held ${held}`
  expectThat(
    tally,
    'over',
    `rolled back after its end: ${said}`,
    said === 'expired, left 0, held 0',
  )
}

/** A share's order is cancelled: what is left of its voucher is withdrawn, once. */
async function tryWithdrawing(world: World, tally: Tally): Promise<void> {
  const till = tillOf(world.app, world.shop.merchantId)
  const { code, shareOrder } = await giftOf(world, {}, { onCancelledShare: 'revoke' })
  await till.redeem(code, { amountMinor: 400 })
  const { id } = await till.hold(code, 100)
  for (let i = 0; i < 2; i++) await till.cancel(shareOrder)
  const said = outcomesOf([await till.redeem(code), await till.redeem(code, { holdId: id })])
  expectThat(tally, 'over', `spending a withdrawn voucher: ${said}`, said === 'revoked,hold_over')
  const { status, left, held } = await stateOf(world, code)
  const is = `${status}, left ${left}, held ${held}`
  expectThat(tally, 'over', `withdrawn: ${is}`, is === 'revoked, left 0, held 0')
}

function outcomesOf(said: readonly Said[]): string {
  return said.map(({ outcome }) => outcome).join()
}
