import type { AppContext } from '../context.ts'
import { campaignsOf } from '../usecases/list-campaigns.ts'
import { CommandFailed } from './faults.ts'
import type { FoundMerchant } from './find-merchant.ts'

export type FoundTemplate = { templateId: string; name: string }

/** The vouchers of that id or name; the failure lists those there are. */
export async function findTemplate(
  app: AppContext,
  { id: merchantId, name: merchantName }: FoundMerchant,
  wanted: string,
): Promise<FoundTemplate> {
  const templates = (await campaignsOf(app, merchantId)).flatMap((campaign) =>
    campaign.templates.map(({ templateId, name }) => ({ templateId, name, campaign })),
  )
  const found = templates.filter(({ templateId, name }) => templateId === wanted || name === wanted)
  const [only, ...others] = found
  if (only && others.length === 0) return only
  const list = (only ? found : templates)
    .map(({ templateId, name, campaign }) => `  ${templateId}  ${name} (${campaign.name})\n`)
    .join('')
  const what = only ? 'several vouchers called' : 'no vouchers'
  throw new CommandFailed(
    `${merchantName} has ${what} ${wanted}${list && `, but:\n${list}`}`.trimEnd(),
  )
}
