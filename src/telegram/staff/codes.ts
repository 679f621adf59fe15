import type { AppContext } from '../../context.ts'
import { CODE_LENGTH, CODE_LIMITS, readPrefix } from '../../domain/code.ts'
import type { CampaignView } from '../../domain/views.ts'
import { takeCodes } from '../../usecases/import-codes.ts'
import { campaignsOf } from '../../usecases/list-campaigns.ts'
import { codeBatchesOf } from '../../usecases/list-codes.ts'
import { MOST_CODES, startCodes } from '../../usecases/start-codes.ts'
import { stopCodes } from '../../usecases/stop-codes.ts'
import { drawBatches, drawImported, drawTemplateQuestion } from '../draw/codes.ts'
import {
  allowFields,
  allowNoWords,
  type Form,
  FormError,
  optionalText,
  wholeField,
} from '../form.ts'
import type { Visit } from '../visit.ts'
import { isNamed } from './campaigns.ts'
import type { Desk, StaffCommand } from './desk.ts'

/**
 * /codes shows the newest batches; with count= it makes codes, and a message shows how far that has come;
 * `/codes import` takes those that stand behind it.
 */
export const codesCommand: StaffCommand = {
  name: 'codes',
  example: 'codes-example',
  more: 'codes-more',
  run: async (desk) => {
    const { app, visit, shop, form } = desk
    allowFields(form, 'merchant', 'campaign', 'voucher', 'count', 'prefix', 'length')
    if (form.words[0] === 'import') return bring(desk)
    allowNoWords(form)
    if (form.named.has('count')) return make(desk)
    const batches = await codeBatchesOf(app, shop.merchantId)
    visit.say(drawBatches(visit.t, shop.merchantName, batches))
  },
}

async function make(desk: Desk): Promise<void> {
  const { app, visit, shop, form, requestId } = desk
  const { t, say, personId } = visit
  const { merchantId } = shop
  const asked = readCodes(form)
  const template = await templateMeant(desk)
  if (!template) return
  const { templateId } = template
  const result = await startCodes(app, {
    ...asked,
    merchantId,
    templateId,
    requestId,
    by: personId,
  })
  // what has begun is told by the message that shows how far it has come
  if (result.outcome === 'refused') say({ text: t.html(`codes-refused-${result.reason}`) })
}

async function bring(desk: Desk): Promise<void> {
  const { app, visit, shop, form } = desk
  const [, ...codes] = form.words
  if (codes.length === 0) throw new FormError('fault-no-codes')
  const template = await templateMeant(desk)
  if (!template) return
  const { templateId, name } = template
  const { merchantId } = shop
  const imported = await takeCodes(app, { merchantId, templateId, codes, by: visit.personId })
  visit.say(drawImported(visit.t, name, imported))
}

/** The vouchers that the form means; nothing when that is not clear, and then it is said or asked. */
async function templateMeant({ app, visit, shop, form, messageId }: Desk) {
  const { t, say } = visit
  const templates = templatesMeant(await campaignsOf(app, shop.merchantId), form)
  const [template, ...others] = templates
  if (template && others.length === 0) return template
  say(
    template
      ? drawTemplateQuestion(t, shop.merchantId, templates, messageId)
      : { text: t.html('codes-refused-unknown_template') },
  )
  return undefined
}

function readCodes(form: Form): { count: number; prefix: string; length: number } {
  const count = wholeField(form, 'count', [1, MOST_CODES])
  const { leastLength, mostLength } = CODE_LIMITS
  const length = wholeField(form, 'length', [leastLength, mostLength], CODE_LENGTH)
  const read = readPrefix(optionalText(form, 'prefix', CODE_LIMITS.prefix) ?? '')
  if ('refused' in read) throw new FormError('fault-prefix', { character: read.refused })
  return { count, prefix: read.prefix, length }
}

/** The vouchers that the form can mean: by name, in the campaign of that name or any that is not stopped. */
function templatesMeant(campaigns: readonly CampaignView[], form: Form) {
  const [campaignName, name] = [form.named.get('campaign'), form.named.get('voucher')]
  return campaigns
    .filter((campaign) =>
      campaignName === undefined ? campaign.status !== 'stopped' : isNamed(campaign, campaignName),
    )
    .flatMap((campaign) =>
      campaign.templates.map((template) => ({ ...template, campaignName: campaign.name })),
    )
    .filter(
      (template) =>
        name === undefined ||
        template.templateId === name ||
        template.name.toLowerCase() === name.toLowerCase(),
    )
}

/** Stops a batch by its button; the message itself then shows that it has stopped. */
export async function stopBatch(
  { app, visit, merchantId }: { app: AppContext; visit: Visit; merchantId: string },
  batchId: string,
): Promise<void> {
  const { t, answer, personId } = visit
  const result = await stopCodes(app, { merchantId, batchId, by: personId })
  const words = result?.outcome === 'cancelled' ? 'codes-stopping' : 'codes-over'
  await answer({ text: t.plain(words) })
}
