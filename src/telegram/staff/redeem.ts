import { isMistyped, readCode } from '../../domain/code.ts'
import { redeemVoucher } from '../../usecases/redeem-voucher.ts'
import { drawForm } from '../draw/parts.ts'
import { drawRedemption, drawRefusedRedemption } from '../draw/till.ts'
import { allowFields, optionalAmount, optionalText, readAmount } from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /redeem CODE [amount] [order=…] [receipt=…] [store=…] */
export const redeemCommand: StaffCommand = {
  name: 'redeem',
  example: 'redeem-example',
  more: 'redeem-more',
  run: redeem,
}

async function redeem({ app, visit, shop, form, requestId }: Desk): Promise<void> {
  const { t, say, personId } = visit
  allowFields(form, 'merchant', 'order', 'receipt', 'store')
  if (form.words.length === 0)
    return say({ text: drawForm(t, 'redeem-form', 'redeem-example', 'redeem-more') })
  const { code, amount } = readWords(form.words)
  const { merchantId, currency } = shop
  const result = await redeemVoucher(app, {
    merchantId,
    code,
    amountMinor: amount === undefined ? undefined : readAmount(amount, 'amount', currency),
    orderMinor: optionalAmount(form, 'order', currency),
    orderId: optionalText(form, 'receipt', 128),
    storeId: optionalText(form, 'store', 64),
    currency,
    requestId,
    by: personId,
  })
  if (result.outcome === 'refused') return say(drawRefusedRedemption(t, result))
  say(drawRedemption(t, result.redemption, result.outcome === 'repeated'))
}

/**
 * A code may be written in groups with blanks between; what follows it is the amount. A code of ours can
 * be told from an amount; with a merchant's own the last word is the amount when it has no letters.
 */
function readWords(words: readonly string[]): { code: string; amount?: string | undefined } {
  const all = words.join('')
  const code = words.slice(0, -1).join('')
  const last = words.at(-1) ?? ''
  if (readCode(all) || code === '') return { code: all }
  const isNumber = /^[^\p{L}]*\p{N}[^\p{L}]*$/u.test(last)
  const isWhole = isMistyped(all) && !(isNumber && readCode(code))
  return !isWhole && (isNumber || readCode(code)) ? { code, amount: last } : { code: all }
}
