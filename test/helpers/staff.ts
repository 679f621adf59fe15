import type { AppContext } from '../../src/context.ts'
import type { Role, VoucherView } from '../../src/domain/views.ts'
import { acceptInvite } from '../../src/usecases/accept-invite.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import type { CampaignRequest } from '../../src/usecases/create-campaign.ts'
import type { VouchersRequest } from '../../src/usecases/create-vouchers.ts'
import { inviteStaff } from '../../src/usecases/invite-staff.ts'
import { addCampaign, addShare, type Shop } from './shop.ts'
import type { Person, Telegram } from './telegram.ts'

/** A person with a role at a shop, who has started the bot. */
export async function addStaff(
  bot: { app: AppContext; telegram: Telegram },
  shop: Shop,
  role: Role,
  id: number,
): Promise<Person> {
  const person = await bot.telegram.person(id, { started: true })
  await addRole(bot.app, shop, role, id)
  return person
}

/** Gives a person a role at a shop; its owner is `telegram:1` unless another one invites. */
export async function addRole(
  app: AppContext,
  { merchantId, ownerReference }: Shop,
  role: Role,
  id: number,
  owner = 1,
): Promise<void> {
  const [personId, invitedBy] = [`telegram:${id}`, `telegram:${owner}`]
  const firstOwner = role === 'owner' ? personId : invitedBy
  await acceptInvite(app, { personId: firstOwner, reference: ownerReference })
  if (role === 'owner') return
  const { reference } = await inviteStaff(app, { merchantId, invitedBy, role })
  await acceptInvite(app, { personId, reference })
}

/** A voucher of £1, held by a stranger who opened a share. */
export async function issueVoucher(
  app: AppContext,
  shop: Shop,
  fallback: Partial<VouchersRequest> = {},
  campaign: Partial<CampaignRequest> = {},
): Promise<VoucherView> {
  await addCampaign(app, shop, { ...campaign, fallback })
  const { reference } = await addShare(app, shop)
  const answer = await claimShare(app, {
    personId: 'telegram:900',
    by: { kind: 'reference', reference },
  })
  if (!answer.voucher) throw new Error(`no voucher: ${answer.result}`)
  return answer.voucher
}
