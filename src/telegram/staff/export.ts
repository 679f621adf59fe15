import { EXPORT_KINDS, type ExportFormat, type ExportKind } from '../../domain/export-files.ts'
import { askForExport, mayExport } from '../../usecases/ask-for-export.ts'
import { campaignsOf } from '../../usecases/list-campaigns.ts'
import { drawExportQuestion } from '../draw/export.ts'
import { allowFields, type Form, FormError } from '../form.ts'
import { isNamed } from './campaigns.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /export offers files by button; `/export vouchers campaign="Spring" format=json` asks for one. */
export const exportCommand: StaffCommand = {
  name: 'export',
  example: 'export-example',
  more: 'export-more',
  run: async (desk: Desk) => {
    const { visit, shop, form, requestId } = desk
    allowFields(form, 'merchant', 'campaign', 'format')
    const [kind, ...others] = form.words
    if (kind === undefined && form.named.size === 0) {
      return visit.say(drawExportQuestion(visit.t, shop.merchantId, shop.role))
    }
    if (!isKind(kind) || others.length > 0) throw new FormError('export-fault-kind')
    const format = readFormat(form)
    await orderFile(desk, { kind, format, campaignId: await readCampaign(desk), requestId })
  },
}

export function isKind(word: string | undefined): word is ExportKind {
  return EXPORT_KINDS.some((kind) => kind === word)
}

type Wanted = {
  kind: ExportKind
  format: ExportFormat
  campaignId?: string | undefined
  requestId?: string
}

/** Has a file made, which comes into the chat when it is done. */
export async function orderFile(
  { app, visit, shop }: Pick<Desk, 'app' | 'visit' | 'shop'>,
  wanted: Wanted,
): Promise<void> {
  const { t, say, personId } = visit
  const { merchantId, role } = shop
  if (!mayExport(wanted.kind, role)) return say({ text: t.html('export-not_allowed') })
  const { outcome } = await askForExport(app, { ...wanted, merchantId, role, by: personId })
  say({ text: `⏳ ${t.html(`export-${outcome}`)}` })
}

function readFormat(form: Form): ExportFormat {
  const format = form.named.get('format')?.toLowerCase() ?? 'csv'
  if (format === 'csv' || format === 'json') return format
  throw new FormError('export-fault-format')
}

async function readCampaign({ app, shop, form }: Desk): Promise<string | undefined> {
  const name = form.named.get('campaign')
  if (name === undefined) return undefined
  const campaigns = await campaignsOf(app, shop.merchantId)
  const [campaign, ...others] = campaigns.filter((one) => isNamed(one, name))
  if (others.length > 0) throw new FormError('export-fault-several', { name })
  if (!campaign) throw new FormError('export-fault-campaign', { name })
  return campaign.campaignId
}
