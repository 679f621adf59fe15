import { explainCode } from '../../usecases/explain-voucher.ts'
import { drawForm } from '../draw/parts.ts'
import { drawMerchantWhy } from '../draw/why.ts'
import { allowFields } from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /why CODE: why the holder of a voucher got this one. */
export const whyCommand: StaffCommand = { name: 'why', example: 'why-example', run: explain }

/** A code may be written in groups with blanks between. */
async function explain({ app, visit, shop, form }: Desk): Promise<void> {
  const { t, say, personId: by } = visit
  allowFields(form, 'merchant')
  if (form.words.length === 0) return say({ text: drawForm(t, 'why-form', 'why-example') })
  const code = form.words.join('')
  const explained = await explainCode(app, { merchantId: shop.merchantId, code, by })
  switch (explained.outcome) {
    case 'explained':
      return say(drawMerchantWhy(t, explained.why))
    case 'forgotten':
      return say({ text: t.html('why-forgotten') })
    case 'code_mistyped':
      return say({ text: t.html('redeem-code_mistyped') })
    default:
      return say({ text: t.html('redeem-unknown_code') })
  }
}
