import type { AppContext } from '../../src/context.ts'
import type { VoucherView } from '../../src/domain/views.ts'
import { uniforms } from '../../src/matching/draws.ts'
import { createClaimMemory } from '../../src/recent.ts'
import type { CurrentModel } from '../../src/store/models.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { modelOf } from '../../src/usecases/current-model.ts'
import { expireDueVouchers } from '../../src/usecases/expire-due-vouchers.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { testApp } from './app.ts'
import {
  addCampaign,
  addKnown,
  addShare,
  addShop,
  type CampaignOptions,
  people,
  type Shop,
} from './shop.ts'

export type LearningShop = AsyncDisposable & {
  app: AppContext
  shop: Shop
  campaignId: string
  templateIds: string[]
  shareId: string
  /** A voucher for each person, who is made known to the shop before. */
  give(this: void, ...people: string[]): Promise<VoucherView[]>
  /** Spends vouchers at the till; answers the ids of the redemptions. */
  spend(
    vouchers: readonly VoucherView[],
    order?: { orderMinor?: number | undefined },
  ): Promise<string[]>
  expire(vouchers: readonly VoucherView[]): Promise<void>
  /** Rows of the merchant, as an array of values each. */
  rows(this: void, text: string): Promise<unknown[][]>
}

/** A shop whose model chooses between two kinds of vouchers; chance repeats. */
export async function learningShop(
  options: CampaignOptions = {},
  overrides: Partial<AppContext> = {},
): Promise<LearningShop> {
  const app = await testApp({ draw: uniforms(7), ...overrides })
  const shop = await addShop(app)
  const { campaignId, templateIds } = await addCampaign(app, shop, {
    slotsPerShare: 1000,
    templates: [{ name: '£5 off' }, { name: '£3 off', valueMinor: 300, minSpendMinor: 900 }],
    ...options,
  })
  const share = await addShare(app, shop)
  const { merchantId } = shop
  const rows = (text: string) =>
    app.db.run(({ sql }) => sql.unsafe(text, [merchantId]).values()) as Promise<unknown[][]>
  return {
    app,
    shop,
    campaignId,
    templateIds,
    shareId: share.shareId,
    rows,
    give: async (...people) => {
      const given: VoucherView[] = []
      for (const personId of people) {
        await addKnown(app, shop, personId)
        const claim = await claimShare(app, { personId, by: { kind: 'token', token: share.token } })
        if (!claim.voucher) throw new Error(`nothing given: ${claim.result}`)
        given.push(claim.voucher)
      }
      return given
    },
    spend: async (vouchers, { orderMinor } = { orderMinor: 2000 }) => {
      const ids: string[] = []
      for (const { code } of vouchers) {
        const asked = { merchantId, code, orderMinor, requestId: crypto.randomUUID(), by: 'api' }
        const result = await redeemVoucher(app, asked)
        if (result.outcome === 'refused') throw new Error(result.reason)
        ids.push(result.redemption.redemptionId)
      }
      return ids
    },
    expire: async (vouchers) => {
      const ids = vouchers.map(({ voucherId }) => voucherId)
      await app.db.run(
        ({ sql }) => sql`
          update vouchers set expires_at = clock_timestamp() - interval '1 second'
          where merchant_id = ${merchantId} and id = any (${ids}::text[])`,
      )
      await expireDueVouchers(app)
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

/** The program as it is after a start: nothing is remembered. */
export function restarted(app: AppContext): AppContext {
  return { ...app, ...createClaimMemory() }
}

/** So many get a voucher, each second one spends it, and then all of them end. */
export async function play(place: LearningShop, count: number, from = 1000): Promise<void> {
  const given = await place.give(...people(count, from))
  await place.spend(given.filter((_, i) => i % 2 === 0))
  await place.expire(given)
}

/** What a process that starts now decides vouchers by. */
export function modelNow({ app, shop }: LearningShop): Promise<CurrentModel> {
  return modelOf(restarted(app), shop.merchantId, 'voucher')
}
