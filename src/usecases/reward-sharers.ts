import type { AppContext } from '../context.ts'
import { newCode, newId } from '../ids.ts'
import { giveRewards, merchantsWithRewards } from '../store/claims.ts'
import { merchantByMerchant } from './merchant-by-merchant.ts'

const AT_ONCE = 200

/** Gives the reward vouchers that sharers have earned: one a share, while there are vouchers of that kind. */
export async function rewardSharers(app: AppContext): Promise<number> {
  const given = await merchantByMerchant(
    await merchantsWithRewards(app.db),
    AT_ONCE,
    (merchantId) => giveRewards(app.db, merchantId, rewardsToGive()),
  )
  if (given > 0) app.wakeOutbox()
  return given
}

function rewardsToGive() {
  return Array.from({ length: AT_ONCE }, () => {
    const claimId = newId('clm')
    return { claimId, voucherId: claimId.replace('clm_', 'vch_'), code: newCode() }
  })
}
