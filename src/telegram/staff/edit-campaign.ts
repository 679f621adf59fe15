import { allOf } from '../../domain/rule.ts'
import type { CampaignView, Store } from '../../domain/views.ts'
import { changeTemplate } from '../../usecases/change-template.ts'
import { copyCampaign } from '../../usecases/copy-campaign.ts'
import { type CampaignChange, editCampaign } from '../../usecases/edit-campaign.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { endField, startField } from '../date-fields.ts'
import { drawCommandQuestion } from '../draw/campaign.ts'
import { bold } from '../draw/parts.ts'
import {
  allowFields,
  allowNoWords,
  chosenFields,
  type Form,
  FormError,
  optionalAmount,
  optionalText,
  textField,
  wholeField,
} from '../form.ts'
import { ruleField } from '../rule-field.ts'
import { checkTogether, isNone, readTerms, TERM_FIELDS } from '../term-fields.ts'
import { campaignsCalled, showCampaign } from './campaigns.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** What can be different of a kind of voucher. */
const KIND_FIELDS = ['count', 'least', 'most']

/** /edit campaign=… and whatever is to be different; `voucher=…` with count=, least= or most= changes a kind. */
export const editCommand: StaffCommand = {
  name: 'edit',
  example: 'edit-example',
  more: 'edit-more',
  run: async (desk) => {
    const { form } = desk
    allowFields(
      form,
      'merchant',
      'campaign',
      'name',
      'budget',
      'from',
      'until',
      'days',
      'title',
      'body',
      'spend',
      'rule',
      'voucher',
      ...KIND_FIELDS,
      ...TERM_FIELDS,
    )
    allowNoWords(form)
    const asked = [...form.named.keys()].filter((name) => !['merchant', 'campaign'].includes(name))
    if (asked.length === 0) throw new FormError('fault-nothing')
    const isOfKind = ['voucher', ...KIND_FIELDS].some((name) => form.named.has(name))
    const campaign = await campaignMeant(desk)
    if (!campaign) return
    await (isOfKind ? editKind(desk, campaign) : edit(desk, campaign))
  },
}

/** /clone campaign=… makes a draft of the same terms, vouchers and offer. */
export const cloneCommand: StaffCommand = {
  name: 'clone',
  example: 'clone-example',
  run: async (desk) => {
    const { app, visit, form, shop, requestId, writtenAt } = desk
    allowFields(form, 'merchant', 'campaign', 'name', 'from', 'until', 'days')
    const campaign = await campaignMeant(desk)
    if (!campaign) return
    const result = await copyCampaign(app, {
      merchantId: shop.merchantId,
      campaignId: campaign.campaignId,
      name: form.named.has('name') ? textField(form, 'name', 120) : undefined,
      startsAt: startField(form, campaign.zone, writtenAt),
      endsAt: endField(form, campaign.zone, writtenAt),
      by: visit.personId,
      idempotencyKey: requestId,
    })
    if (result.outcome === 'refused') return
    const news = `📋 ${bold(visit.t.html('campaign-copied'))}`
    await showCampaign(desk, result.campaignId, news)
  },
}

/** The one campaign that the form can mean; where there are several it is asked for, and there is none. */
async function campaignMeant(desk: Desk): Promise<CampaignView | undefined> {
  const { visit, form, shop, messageId } = desk
  const { t, say } = visit
  const named = form.named.get('campaign') ?? form.words.join(' ')
  const called = await campaignsCalled(desk, named)
  const alive = called.filter(({ status }) => status !== 'stopped')
  const possible = alive.length > 0 ? alive : called
  const [campaign, ...others] = possible
  if (campaign && others.length === 0) return campaign
  if (campaign) say(drawCommandQuestion(t, shop.merchantId, possible, messageId))
  else if (named === '') say({ text: t.html('campaigns-none') })
  else say({ text: t.html('campaign-refused-unknown_campaign') })
  return undefined
}

async function edit(desk: Desk, campaign: CampaignView): Promise<void> {
  const { campaignId, zone, currency } = campaign
  const { app, visit, shop, requestId } = desk
  const { t, say, personId: by } = visit
  const { merchantId } = shop
  const change = await readChange(desk, zone, currency)
  checkTogether({ ...campaign, ...change }, campaign.claimScope)
  const result = await editCampaign(app, { merchantId, campaignId, change, by, requestId })
  if (result.outcome === 'refused') {
    const { reason, used } = result
    const amount = used === undefined ? '' : usedWords(desk, reason, used)
    return say({ text: `❌ ${t.html(`edit-refused-${reason}`, { used: amount })}` })
  }
  const news = bold(t.html(result.outcome === 'changed' ? 'edit-done' : 'edit-unchanged'))
  await showCampaign(desk, campaignId, `✏️ ${news}`)
}

/** Everything that stands in the form. */
async function readChange(desk: Desk, zone: string, currency: string): Promise<CampaignChange> {
  const { app, form, shop, writtenAt } = desk
  const stores = await listStores(app, shop.merchantId)
  const offer = readOffer(form, currency, stores)
  const budgetMinor = optionalAmount(form, 'budget', currency)
  const startsAt = startField(form, zone, writtenAt)
  const endsAt = endField(form, zone, writtenAt)
  return {
    ...(form.named.has('name') && { name: textField(form, 'name', 120) }),
    ...(budgetMinor !== undefined && { budgetMinor }),
    ...(startsAt && { startsAt }),
    ...(endsAt && { endsAt }),
    ...readTerms(form, currency, stores),
    ...(Object.keys(offer).length > 0 && { offer }),
  }
}

/** What is said of the campaign, and for which orders it is; `rule=none` is for all. */
function readOffer(
  form: Form,
  currency: string,
  stores: readonly Store[],
): NonNullable<CampaignChange['offer']> {
  const least = optionalAmount(form, 'spend', currency)
  const isForAll = isNone(form.named.get('rule') ?? '')
  const rule = allOf(
    least === undefined ? undefined : { amountMinor: { from: least } },
    isForAll ? undefined : ruleField(form, 'rule', { currency, stores }),
  )
  const body = optionalText(form, 'body', 600)
  return {
    ...(form.named.has('title') && { title: textField(form, 'title', 120) }),
    ...(body !== undefined && { body }),
    ...((rule || isForAll) && { rule: rule ?? null }),
  }
}

function usedWords({ visit, shop }: Desk, reason: string, used: number): string {
  return reason.endsWith('budget') ? visit.t.money(used, shop.currency) : String(used)
}

async function editKind(desk: Desk, { campaignId, templates }: CampaignView): Promise<void> {
  const { app, visit, form, shop, requestId } = desk
  const { t, say, personId: by } = visit
  allowFields(form, 'merchant', 'campaign', 'voucher', ...KIND_FIELDS)
  const named = textField(form, 'voucher', 120)
  const change = {
    ...(form.named.has('count') && { quantity: wholeField(form, 'count', [1, 100_000_000]) }),
    ...chosenFields(form),
  }
  if (Object.keys(change).length === 0) throw new FormError('fault-nothing')
  const template = templates.find(({ name }) => name.toLowerCase() === named.toLowerCase())
  if (!template) return say({ text: `❌ ${t.html('edit-refused-unknown_template', { named })}` })
  const { templateId } = template
  const { merchantId } = shop
  const result = await changeTemplate(app, { merchantId, templateId, change, by, requestId })
  if (result.outcome === 'refused') {
    const { reason, used = '' } = result
    return say({ text: `❌ ${t.html(`edit-refused-${reason}`, { used: String(used), named })}` })
  }
  const news = bold(t.html(result.outcome === 'changed' ? 'edit-done' : 'edit-unchanged'))
  await showCampaign(desk, campaignId, `✏️ ${news}`)
}
