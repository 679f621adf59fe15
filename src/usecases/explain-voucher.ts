import type { AppContext } from '../context.ts'
import { spellingsOf } from '../domain/code.ts'
import {
  type DecisionRecord,
  explainToMerchant,
  explainToPerson,
  type MerchantWhyView,
  type WhyView,
} from '../domain/why.ts'
import { decisionByCode, decisionForHolder, decisionOnVoucher } from '../store/decisions.ts'
import { wrongCode } from './till-refusal.ts'

/** `forgotten`: decisions are kept for about a year, and of this one nothing is left. */
export type Explained<View> =
  | { outcome: 'explained'; why: View }
  | { outcome: 'forgotten' | 'not_found' }

/** Why somebody got their voucher; of one that is not theirs nothing is said. @patent 8 9 */
export async function explainVoucher(
  app: AppContext,
  request: { voucherId: string; personId: string },
): Promise<Explained<WhyView>> {
  return explained(await decisionForHolder(app.db, request), explainToPerson)
}

/** The same for the merchant: who holds it and what is known of them is not said. */
export async function explainToShop(
  app: AppContext,
  { merchantId, voucherId }: { merchantId: string; voucherId: string },
): Promise<Explained<MerchantWhyView>> {
  return explained(await decisionOnVoucher(app.db, merchantId, voucherId), explainToMerchant)
}

/** And by the voucher's code, as somebody typed it. */
export async function explainCode(
  app: AppContext,
  { merchantId, code, by }: { merchantId: string; code: string; by: string },
): Promise<
  Explained<MerchantWhyView> | { outcome: 'unknown_code' } | { outcome: 'code_mistyped' }
> {
  const decision = await decisionByCode(app.db, merchantId, spellingsOf(code))
  if (decision === undefined) return { outcome: await wrongCode(app, merchantId, { code, by }) }
  return explained(decision, explainToMerchant)
}

/** What was found, explained. */
export function explained<View>(
  decision: DecisionRecord | null | undefined,
  explain: (decision: DecisionRecord) => View,
): Explained<View> {
  if (decision) return { outcome: 'explained', why: explain(decision) }
  return { outcome: decision === null ? 'forgotten' : 'not_found' }
}
