import type { AppContext } from '../../src/context.ts'
import { cancelOrder, refundOrder } from '../../src/usecases/cancel-order.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import type { CampaignRequest } from '../../src/usecases/create-campaign.ts'
import type { VouchersRequest } from '../../src/usecases/create-vouchers.ts'
import { holdVoucher, releaseHold } from '../../src/usecases/hold-voucher.ts'
import { type RedeemRequest, redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import {
  type RollBackRequest,
  rollBackRedemption,
} from '../../src/usecases/roll-back-redemption.ts'
import { addCampaign } from '../helpers/shop.ts'
import { addShareOf, type World } from './world.ts'

/** What a till asks, in the fewest words; whatever fails is an answer too. */
export type Till = {
  redeem(code: string, more?: Partial<RedeemRequest>): Promise<Said>
  hold(code: string, amountMinor?: number, requestId?: string): Promise<Said>
  release(holdId: string): Promise<Said>
  rollBack(redemptionId: string, more?: Partial<RollBackRequest>): Promise<Said>
  cancel(orderSourceId: string): Promise<Said>
  refund(orderSourceId: string, refundId: string, amountMinor: number): Promise<Said>
}

/** The outcome or why not, and the id and the amount of what was done. */
export type Said = { outcome: string; id: string; amountMinor: number }

export function tillOf(app: AppContext, merchantId: string): Till {
  const at = (requestId: string = crypto.randomUUID()) => ({ merchantId, requestId, by: 'api' })
  return {
    redeem: (code, more = {}) =>
      answer(redeemVoucher(app, { ...at(), code, ...more }), (result) =>
        'redemption' in result ? result.redemption : undefined,
      ),
    hold: (code, amountMinor, requestId) =>
      answer(holdVoucher(app, { ...at(requestId), code, amountMinor }), (result) =>
        'hold' in result ? result.hold : undefined,
      ),
    release: (holdId) =>
      answer(releaseHold(app, { merchantId, holdId }), (result) =>
        'hold' in result ? result.hold : undefined,
      ),
    rollBack: (redemptionId, more = {}) =>
      answer(rollBackRedemption(app, { ...at(), redemptionId, ...more }), (result) =>
        'rollback' in result ? result.rollback : undefined,
      ),
    cancel: (orderSourceId) =>
      answer(cancelOrder(app, { merchantId, orderSourceId }), () => undefined),
    refund: (orderSourceId, refundId, amountMinor) =>
      answer(
        refundOrder(app, { merchantId, orderSourceId, refundId, amountMinor }),
        () => undefined,
      ),
  }
}

type Done = { redemptionId?: string; holdId?: string; rollbackId?: string; amountMinor: number }

async function answer<R extends { outcome: string; reason?: string }>(
  asked: Promise<R>,
  doneIn: (result: R) => Done | undefined,
): Promise<Said> {
  try {
    const result = await asked
    const done = doneIn(result)
    const { redemptionId, holdId, rollbackId, amountMinor }: Done = done ?? { amountMinor: 0 }
    const id = rollbackId ?? redemptionId ?? holdId ?? ''
    return { outcome: result.reason ?? result.outcome, id, amountMinor }
  } catch (error) {
    return { outcome: `failed: ${String(error)}`, id: '', amountMinor: 0 }
  }
}

type Gifts = { codes: string[]; shareOrder: string }

/** Vouchers of people who claimed from one share of a new campaign, by default gift balances of 1000. */
export async function giftsOf(
  world: World,
  count: number,
  template: Partial<VouchersRequest> = {},
  campaign: Partial<CampaignRequest> = {},
): Promise<Gifts> {
  const { campaignId } = await addCampaign(world.app, world.shop, {
    slotsPerShare: count,
    ...campaign,
    templates: [{ kind: 'gift_balance', valueMinor: 1000, ...template }],
  })
  const { token, orderSourceId } = await addShareOf(world, campaignId)
  const answers = await Promise.all(
    Array.from({ length: count }, () =>
      claimShare(world.app, { personId: world.nextKnown(), by: { kind: 'token', token } }),
    ),
  )
  return { codes: answers.map(({ voucher }) => voucher?.code ?? ''), shareOrder: orderSourceId }
}

export async function giftOf(
  world: World,
  template: Partial<VouchersRequest> = {},
  campaign: Partial<CampaignRequest> = {},
): Promise<{ code: string; shareOrder: string }> {
  const { codes, shareOrder } = await giftsOf(world, 1, template, campaign)
  return { code: codes[0] ?? '', shareOrder }
}

/** What the database says of a voucher. */
export async function stateOf({ app, shop }: World, code: string) {
  const [voucher] = await app.db.run(
    ({ sql }) => sql<{ status: string; left: number; held: number }[]>`
      select status, value_minor - redeemed_minor - unused_minor as left, held_minor as held
      from vouchers where merchant_id = ${shop.merchantId} and code = ${code}`,
  )
  return voucher ?? { status: 'none', left: 0, held: 0 }
}

/** As if the time of a voucher, or of the holds on it, had passed. */
export async function passTime(
  { app, shop }: World,
  table: 'vouchers' | 'holds',
  code: string,
): Promise<void> {
  await app.db.run(
    ({ sql }) => sql`
      update ${sql(table)} set expires_at = clock_timestamp()
      where merchant_id = ${shop.merchantId} and ${sql(table === 'vouchers' ? 'id' : 'voucher_id')} in (
        select v.id from vouchers v where v.merchant_id = ${shop.merchantId} and v.code = ${code}
      )`,
  )
}
