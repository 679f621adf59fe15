import { isMistyped, readCode } from '../../domain/code.ts'
import { redeemVoucher } from '../../usecases/redeem-voucher.ts'
import { isCodeKnown } from '../../usecases/till-refusal.ts'
import { drawForm } from '../draw/parts.ts'
import { drawRedemption, drawRefusedRedemption } from '../draw/till.ts'
import { allowFields, optionalAmount, readAmount, textField } from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /redeem CODE [amount] [order=…] [receipt=…] [store=…] */
export const redeemCommand: StaffCommand = {
  name: 'redeem',
  example: 'redeem-example',
  more: 'redeem-more',
  run: redeem,
}

async function redeem(desk: Desk): Promise<void> {
  const { app, visit, shop, form, requestId } = desk
  const { t, say, personId } = visit
  allowFields(form, 'merchant', 'order', 'receipt', 'store')
  if (form.words.length === 0)
    return say({ text: drawForm(t, 'redeem-form', 'redeem-example', 'redeem-more') })
  const { code, amount } = await readWords(desk)
  const { merchantId, currency } = shop
  const result = await redeemVoucher(app, {
    merchantId,
    code,
    amountMinor: amount === undefined ? undefined : readAmount(amount, 'amount', currency),
    orderMinor: optionalAmount(form, 'order', currency),
    orderId: form.named.has('receipt') ? textField(form, 'receipt', 128) : undefined,
    storeId: form.named.has('store') ? textField(form, 'store', 64) : undefined,
    currency,
    requestId,
    by: personId,
  })
  if (result.outcome === 'refused') return say(drawRefusedRedemption(t, result))
  say(drawRedemption(t, result.redemption, result.outcome === 'repeated'))
}

type Reading = { code: string; amount?: string | undefined }

/**
 * A code may be written in groups with blanks between; what follows it is the amount. A number at the end
 * may be either: then the reading is meant whose code somebody has.
 */
async function readWords({ app, shop, form }: Desk): Promise<Reading> {
  const { words } = form
  const whole: Reading = { code: words.join('') }
  const parted: Reading = { code: words.slice(0, -1).join(''), amount: words.at(-1) }
  if (words.length === 1) return whole
  if (!/^[^\p{L}]*\p{N}[^\p{L}]*$/u.test(parted.amount ?? '')) {
    return readCode(parted.code) && !readCode(whole.code) && !isMistyped(whole.code)
      ? parted
      : whole
  }
  for (const reading of [whole, parted]) {
    if (await isCodeKnown(app, shop.merchantId, reading.code)) return reading
  }
  return isMistyped(whole.code) ? whole : parted
}
