import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { changeCampaign } from '../usecases/change-campaign.ts'
import { type CampaignRequest, createCampaign } from '../usecases/create-campaign.ts'
import { createVouchers } from '../usecases/create-vouchers.ts'
import { campaignsOf } from '../usecases/list-campaigns.ts'
import type { PlayedCampaign } from './play.ts'
import type { Gift } from './taste.ts'

/** A kind of voucher, how many there are of it, and how often the model may choose it. */
export type StockedGift = Gift & { quantity: number; leastBp?: number; mostBp?: number }

export type CampaignPlan = Omit<CampaignRequest, 'merchantId'> & {
  gifts: readonly StockedGift[]
  preset: StockedGift
}

/** Makes a campaign with its vouchers and starts it. */
export async function startCampaign(
  app: AppContext,
  merchantId: string,
  { gifts, preset, ...campaign }: CampaignPlan,
): Promise<PlayedCampaign> {
  const { campaignId } = await createCampaign(app, { merchantId, ...campaign })
  for (const gift of gifts) await createVouchers(app, { merchantId, campaignId, ...gift })
  await createVouchers(app, { merchantId, campaignId, ...preset, isFallback: true })
  await changeCampaign(app, { merchantId, campaignId, to: 'active' })
  const started = (await campaignsOf(app, merchantId)).find((one) => one.campaignId === campaignId)
  const [offer] = started?.offers ?? []
  if (!started || !offer) throw new AppError('ERR_INTERNAL', 'The campaign was not made.')
  const { validDays } = started
  return { campaignId, offerId: offer.offerId, validDays, gifts, preset }
}
