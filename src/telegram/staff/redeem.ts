import { readCode } from '../../domain/code.ts'
import { redeemVoucher } from '../../usecases/redeem-voucher.ts'
import { drawForm } from '../draw/parts.ts'
import { drawAmountQuestion, drawRedemption, drawRefusedRedemption } from '../draw/till.ts'
import { allowFields, readAmount } from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /redeem CODE [amount] */
export const redeemCommand: StaffCommand = {
  name: 'redeem',
  example: 'redeem-example',
  run: redeem,
}

async function redeem({ app, visit, shop, form, requestId }: Desk): Promise<void> {
  const { t, say, personId } = visit
  allowFields(form, 'merchant')
  if (form.words.length === 0) return say({ text: drawForm(t, 'redeem-form', 'redeem-example') })
  const { code, amount } = readWords(form.words)
  const amountMinor = amount === undefined ? undefined : readAmount(amount, 'amount', shop.currency)

  const { merchantId } = shop
  const result = await redeemVoucher(app, {
    merchantId,
    code,
    amountMinor,
    requestId,
    by: personId,
  })
  if (result.outcome === 'refused' && result.voucher)
    return say(drawAmountQuestion(t, result.voucher))
  if (result.outcome === 'refused')
    return say(drawRefusedRedemption(t, result.reason, result.usedAt))
  say(drawRedemption(t, result.redemption, result.outcome === 'repeated'))
}

/**
 * A code may be written in groups with blanks between; what follows it is the amount. Where no code can
 * be told from an amount, all of it is taken for the code, which is then refused.
 */
function readWords(words: readonly string[]): { code: string; amount?: string | undefined } {
  const all = words.join('')
  const code = words.slice(0, -1).join('')
  return readCode(code) && !readCode(all) ? { code, amount: words.at(-1) } : { code: all }
}
