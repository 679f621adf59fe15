import type { Campaign, Kind, PreviewLine } from '../api/shop-answers.ts'
import { tellHours } from './hours-words.ts'
import type { ShopWords } from './shop-words.ts'
import { validUntil, worthOfKind } from './voucher-words.ts'

/** The last day of a campaign, in its own zone. */
export function lastDay({ endsAt, zone }: Campaign, words: ShopWords): string {
  return validUntil({ expiresAt: endsAt, zone }, words)
}

/** What a kind of voucher gives; in a campaign of random amounts, the most that one can hold. */
export function tellKind(kind: Kind, currency: string, words: ShopWords): string {
  const { minSpendMinor } = kind
  const worth = worthOfKind({ ...kind, currency }, words)
  if (minSpendMinor === 0) return worth
  return `${worth} · ${words.texts.voucher.minSpend(words.money(minSpendMinor, currency))}`
}

/** A line of the card that is shown before a campaign starts. */
export function tellLine(
  line: PreviewLine,
  { currency, zone }: Campaign,
  words: ShopWords,
): string {
  const { texts, money } = words
  const { preview: t } = texts
  switch (line.kind) {
    case 'each':
      return t.each(line.slots, money(line.toMinor, currency))
    case 'voucher': {
      const { voucherKind: kind, percentBp, valueMinor, name, quantity } = line
      const rate = percentBp === undefined ? {} : { percentBp }
      const worth = worthOfKind({ kind, valueMinor, currency, ...rate }, words)
      const role = (line.isFallback && texts.campaign.fallback) || texts.campaign.reward
      const text = t.voucher(quantity, name, worth)
      return line.isFallback || line.isReward ? `${text} (${role})` : text
    }
    case 'until':
      return texts.campaigns.until(validUntil({ expiresAt: line.endsAt, zone }, words))
    case 'valid':
      return t.valid(line.days)
    case 'open':
      return tellHours(line, words) ?? ''
    case 'stores':
      return t.stores(new Intl.ListFormat(words.locale).format(line.names))
    case 'limit':
      return t.limit(line.count, texts.form.periods[line.period])
    case 'reward':
      return t.reward[line.for](line.after)
  }
}
