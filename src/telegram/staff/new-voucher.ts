import type { VoucherKind } from '../../domain/views.ts'
import { createVouchers, type VouchersRequest } from '../../usecases/create-vouchers.ts'
import { campaignsOf } from '../../usecases/list-campaigns.ts'
import { bold, html, linesOf, voucherWorth } from '../draw/parts.ts'
import {
  allowFields,
  amountField,
  type Form,
  FormError,
  isYes,
  optionalAmount,
  optionalPercent,
  optionalText,
  textField,
  wholeField,
} from '../form.ts'
import { isNamed } from './campaigns.ts'
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
    const { app, visit, form, shop, requestId } = desk
    const { t, say } = visit
    const request = readVouchers(form, shop.currency)
    const campaignId = await campaignNamed(desk)
    if (campaignId === null) return say({ text: t.html('vouchers-refused-unknown_campaign') })

    const { merchantId } = shop
    const result = await createVouchers(app, {
      ...request,
      merchantId,
      campaignId,
      idempotencyKey: requestId,
    })
    if (result.outcome === 'refused') {
      return say({
        text: t.html(`vouchers-refused-${result.reason}`, { store: request.storeSourceId ?? '' }),
      })
    }
    say({ text: await drawCreated(desk, request, result.campaignId) })
  },
}

/** The id of the campaign that the form names; nothing when it names none, null when there is none such. */
async function campaignNamed({ app, form, shop }: Desk): Promise<string | undefined | null> {
  const named = form.named.get('campaign')
  if (named === undefined) return undefined
  const campaigns = await campaignsOf(app, shop.merchantId)
  return campaigns.find((campaign) => isNamed(campaign, named))?.campaignId ?? null
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
    'campaign',
  )
  return {
    storeSourceId: optionalText(form, 'store', 64),
    storeAddress: optionalText(form, 'address', 300),
    quantity: wholeField(form, 'count', [1, 10_000_000]),
    name: textField(form, 'name', 120),
    ...readValue(form, currency),
    minSpendMinor: optionalAmount(form, 'spend', currency),
    isFallback: isYes(form, 'preset'),
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

async function drawCreated(
  { app, visit, shop }: Desk,
  request: Omit<VouchersRequest, 'merchantId'>,
  campaignId: string,
): Promise<string> {
  const { t } = visit
  const campaigns = await campaignsOf(app, shop.merchantId)
  const campaign = campaigns.find((one) => one.campaignId === campaignId)
  const { name, kind, valueMinor, percentBp, quantity } = request
  const voucher = {
    name,
    kind,
    valueMinor,
    currency: shop.currency,
    ...(percentBp !== undefined && { percentBp }),
  }
  return linesOf(
    `🎟 ${bold(t.html('vouchers-created', { count: quantity }))}`,
    html(
      t.plain('vouchers-created-body', {
        name,
        value: voucherWorth(t, voucher),
        campaign: campaign?.name ?? '',
      }),
    ),
    campaign?.status !== 'active' && t.html('vouchers-start'),
  )
}
