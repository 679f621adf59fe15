import type { Database } from './database.ts'

/** A time that a voucher was used, whole or in part; what was given back of it is `rolledBackMinor`. */
export type VoucherUse = {
  amountMinor: number
  rolledBackMinor: number
  redeemedAt: Date
  storeName: string | null
}

/** How a person's voucher was used, latest first; nothing of a voucher that is not theirs. */
export async function usesOf(
  db: Database,
  merchantId: string,
  voucherId: string,
  holderId: string,
): Promise<VoucherUse[] | undefined> {
  const [voucher] = await db.run(
    ({ sql }) => sql<{ uses: (Omit<VoucherUse, 'redeemedAt'> & { redeemedAt: string })[] }[]>`
      select coalesce((
        select json_agg(json_build_object(
          'amountMinor', r.amount_minor, 'rolledBackMinor', r.rolled_back_minor,
          'redeemedAt', r.redeemed_at, 'storeName', s.name
        ) order by r.redeemed_at desc, r.id desc)
        from redemptions r
        left join stores s on s.merchant_id = r.merchant_id and s.id = r.store_id
        where r.merchant_id = v.merchant_id and r.voucher_id = v.id
      ), '[]') as uses
      from vouchers v
      where v.merchant_id = ${merchantId} and v.id = ${voucherId} and v.holder_id = ${holderId}`,
  )
  return voucher?.uses.map((use) => ({ ...use, redeemedAt: new Date(use.redeemedAt) }))
}
