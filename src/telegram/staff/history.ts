import { changesAt } from '../../usecases/list-changes.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { drawCampaignQuestion } from '../draw/campaign.ts'
import { drawHistory } from '../draw/history.ts'
import { allowFields } from '../form.ts'
import { actOnCampaign, campaignsCalled } from './campaigns.ts'
import type { Desk, StaffCommand } from './desk.ts'
import { usualZone } from './stores.ts'

/** /history of the whole shop, or of one campaign by its name. */
export const historyCommand: StaffCommand = {
  name: 'history',
  example: 'history-example',
  run: async (desk) => {
    const { visit, shop, form } = desk
    allowFields(form, 'merchant', 'campaign')
    const named = form.named.get('campaign') ?? form.words.join(' ')
    if (named === '') return showAll(desk)
    const called = await campaignsCalled(desk, named)
    const [campaign, ...others] = called
    const { t, say } = visit
    if (!campaign) return say({ text: t.html('campaign-refused-unknown_campaign') })
    if (others.length > 0) {
      return say(drawCampaignQuestion(t, shop.merchantId, called, 'history'))
    }
    await actOnCampaign(desk, campaign.campaignId, 'history')
  },
}

/** Who works here is for owners to see. */
async function showAll({ app, visit, shop }: Desk): Promise<void> {
  const { t, say } = visit
  const { merchantId, merchantName, currency, role } = shop
  const changes = await changesAt(app, { merchantId, withStaff: role === 'owner' })
  const title = t.html('history-title', { name: merchantName })
  const zone = usualZone(await listStores(app, merchantId))
  say(drawHistory(t, title, changes, { currency, zone, selfId: visit.personId }))
}
