/**
 * Does something at each merchant, `atOnce` rows at a time until there are fewer. Answers how many rows
 * it were in all.
 */
export async function merchantByMerchant(
  merchantIds: readonly string[],
  atOnce: number,
  doSome: (merchantId: string) => Promise<number>,
): Promise<number> {
  let done = 0
  for (const merchantId of merchantIds) {
    for (;;) {
      const some = await doSome(merchantId)
      done += some
      if (some < atOnce) break
    }
  }
  return done
}
