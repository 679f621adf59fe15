import type { AppContext } from '../context.ts'
import { newCode, newId } from '../ids.ts'
import { giveRewards, merchantsWithRewards } from '../store/claims.ts'

const AT_ONCE = 200

/** Gives the reward vouchers that sharers have earned: one a share, while there are vouchers of that kind. */
export async function rewardSharers(app: AppContext): Promise<number> {
  let given = 0
  for (const merchantId of await merchantsWithRewards(app.db)) {
    for (;;) {
      const some = await giveRewards(app.db, merchantId, rewardsToGive())
      given += some
      if (some < AT_ONCE) break
    }
  }
  if (given > 0) app.wakeOutbox()
  return given
}

function rewardsToGive() {
  return Array.from({ length: AT_ONCE }, () => {
    const claimId = newId('clm')
    return { claimId, voucherId: claimId.replace('clm_', 'vch_'), code: newCode() }
  })
}
