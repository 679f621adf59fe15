import type { CampaignView, VoucherKind } from '../../domain/views.ts'
import { createVouchers, type VouchersRequest } from '../../usecases/create-vouchers.ts'
import { campaignsOf } from '../../usecases/list-campaigns.ts'
import { drawCommandQuestion } from '../draw/campaign.ts'
import { bold, linesOf, voucherWorth } from '../draw/parts.ts'
import {
  allowFields,
  allowNoWords,
  amountField,
  chosenFields,
  type Form,
  FormError,
  isYes,
  optionalAmount,
  optionalPercent,
  optionalText,
  textField,
  wholeField,
} from '../form.ts'
import { hoursField } from '../term-fields.ts'
import type { Texts } from '../texts.ts'
import { isNamed, showCampaign } from './campaigns.ts'
import type { Desk, StaffCommand } from './desk.ts'

/**
 * /newvoucher store=… address="…" count=… …: a merchant's instruction that creates vouchers.
 * @patent 11
 */
export const newVoucherCommand: StaffCommand = {
  name: 'newvoucher',
  example: 'newvoucher-example',
  more: 'newvoucher-more',
  run: async (desk) => {
    const { app, visit, form, shop, requestId, messageId } = desk
    const { t, say } = visit
    const { merchantId, currency } = shop
    const request = readVouchers(form, currency)
    const campaigns = await campaignsMeant(desk)
    const [campaign, ...others] = campaigns
    if (!campaign) return say({ text: t.html(`vouchers-refused-${whyNone(form)}`) })
    if (others.length > 0) {
      return say(drawCommandQuestion(t, merchantId, campaigns, messageId))
    }

    const { campaignId } = campaign
    const by = visit.personId
    const order = { ...request, merchantId, campaignId, by, idempotencyKey: requestId }
    const result = await createVouchers(app, order)
    if (result.outcome === 'refused') {
      return say({
        text: t.html(`vouchers-refused-${result.reason}`, { store: request.storeSourceId ?? '' }),
      })
    }
    await showCampaign(desk, campaignId, drawCreated(t, request, campaign))
  },
}

/** The campaigns that the form can mean: those of the name, or all that were not stopped. */
async function campaignsMeant({ app, form, shop }: Desk): Promise<CampaignView[]> {
  const named = form.named.get('campaign')
  const campaigns = await campaignsOf(app, shop.merchantId)
  return campaigns.filter((campaign) =>
    named === undefined ? campaign.status !== 'stopped' : isNamed(campaign, named),
  )
}

function whyNone(form: Form): 'unknown_campaign' | 'no_campaign' {
  return form.named.has('campaign') ? 'unknown_campaign' : 'no_campaign'
}

function readVouchers(form: Form, currency: string): Omit<VouchersRequest, 'merchantId'> {
  allowFields(
    form,
    'merchant',
    'store',
    'address',
    'count',
    'name',
    'off',
    'percent',
    'max',
    'balance',
    'item',
    'spend',
    'preset',
    'reward',
    'use',
    'least',
    'most',
    'campaign',
  )
  allowNoWords(form)
  const use = hoursField(form, 'use')
  const [isFallback, isReward] = [isYes(form, 'preset'), isYes(form, 'reward')]
  if (isFallback && isReward) throw new FormError('fault-preset_or_reward')
  const chosen = chosenFields(form)
  if ((isFallback || isReward) && Object.keys(chosen).length > 0) {
    throw new FormError('fault-no_choice')
  }
  if ((chosen.leastBp ?? 0) > (chosen.mostBp ?? 10_000))
    throw new FormError('fault-least_above_most')
  return {
    storeSourceId: optionalText(form, 'store', 64),
    storeAddress: optionalText(form, 'address', 300),
    quantity: wholeField(form, 'count', [1, 10_000_000]),
    name: textField(form, 'name', 120),
    ...readValue(form, currency),
    minSpendMinor: optionalAmount(form, 'spend', currency),
    isFallback,
    isReward,
    ...chosen,
    ...(use && {
      useWeekdays: use.weekdays,
      useFromMinute: use.fromMinute,
      useToMinute: use.toMinute,
    }),
  }
}

/** Exactly one of off=, percent= with max=, balance= and item= says what it is worth. */
function readValue(
  form: Form,
  currency: string,
): Pick<VouchersRequest, 'kind' | 'valueMinor' | 'percentBp'> {
  const given = VALUE_FIELDS.filter(([field]) => form.named.has(field))
  const [first, ...others] = given
  if (!first || others.length > 0) throw new FormError('fault-kind')
  const [field, kind] = first
  if (kind !== 'percent_off') return { kind, valueMinor: amountField(form, field, currency) }
  return {
    kind,
    percentBp: optionalPercent(form, field),
    valueMinor: amountField(form, 'max', currency),
  }
}

const VALUE_FIELDS: readonly [field: string, kind: VoucherKind][] = [
  ['off', 'amount_off'],
  ['percent', 'percent_off'],
  ['balance', 'gift_balance'],
  ['item', 'free_item'],
]

function drawCreated(
  t: Texts,
  { name, kind, valueMinor, percentBp, quantity, ...request }: Omit<VouchersRequest, 'merchantId'>,
  { name: campaign, mode, currency }: CampaignView,
): string {
  const rate = percentBp === undefined ? {} : { percentBp }
  const value = voucherWorth(t, { name, kind, valueMinor, currency, ...rate })
  const isDrawn = mode === 'random' && !request.isFallback && !request.isReward
  return linesOf(
    `🎟 ${bold(t.html('vouchers-created', { count: quantity }))}`,
    isDrawn
      ? t.html('vouchers-created-drawn', { name, campaign })
      : t.html('vouchers-created-body', { name, value, campaign }),
  )
}
