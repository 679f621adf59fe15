import type { Validation } from '../api/shop-answers.ts'
import type { ShopWords } from './shop-words.ts'

/** Why a voucher is not taken: in a word, and what can be done about it. */
export function tellRefused(
  { outcome, used }: Validation,
  words: ShopWords,
): { title: string; text: string } {
  const { till: t } = words.texts
  if (outcome === 'valid') return { title: t.valid, text: '' }
  const texts: Partial<Record<typeof outcome, string>> = t.refusedText
  const text = outcome === 'already_redeemed' && used ? tellUse(used, words) : texts[outcome]
  return { title: t.refused[outcome], text: text ?? '' }
}

/** Who used a voucher, where and when. */
function tellUse(
  { label, storeName, by, redeemedAt }: NonNullable<Validation['used']>,
  { texts, moment }: ShopWords,
): string {
  const { till: t } = texts
  const who = label || (by === 'till' ? t.byTill : t.byStaff)
  return t.usedBy(storeName ? `${who} · ${storeName}` : who, moment(redeemedAt))
}
