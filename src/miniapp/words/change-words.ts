import type { Campaign, Change } from '../api/shop-answers.ts'
import type { ShopWords } from './shop-words.ts'
import { validUntil } from './voucher-words.ts'

/** What was changed, in a word, and each thing that is different now: before and after. */
export function tellChange(
  change: Change,
  campaign: Pick<Campaign, 'currency' | 'zone'>,
  words: ShopWords,
): { title: string; details: string[] } {
  const { campaign: t } = words.texts
  const actions: Readonly<Record<string, string>> = t.actions
  const action = actions[change.action] ?? change.action
  const isPart = change.subject !== 'campaign' && change.subjectName
  // a new thing's name is told already
  const names = Object.keys(change.after).filter((name) => name !== 'name' || name in change.before)
  return {
    title: isPart ? `${change.subjectName}: ${action}` : action,
    details: names.flatMap((name) => tellDifference(name, change, campaign, words)),
  }
}

/**
 * Who changed something, and when.
 *
 * @param selfId whoever reads this
 */
export function tellChanger(
  { by, byLabel, happenedAt }: Change,
  selfId: string | undefined,
  { texts, moment }: ShopWords,
): string {
  const someone = by.includes(':') ? texts.till.byStaff : texts.campaign.system
  const who = by === selfId ? texts.campaign.you : byLabel || someone
  return texts.campaign.changed(who, moment(happenedAt))
}

function tellDifference(
  column: string,
  { before, after }: Change,
  campaign: Pick<Campaign, 'currency' | 'zone'>,
  words: ShopWords,
): string[] {
  const name = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const labels = labelsOf(words)
  const label = labels[name]
  if (label === undefined) return []
  const write = (value: unknown) => writeValue(name, value, campaign, words)
  const now = write(after[column])
  return [column in before ? `${label}: ${write(before[column])} → ${now}` : `${label}: ${now}`]
}

function writeValue(
  name: string,
  value: unknown,
  { currency, zone }: Pick<Campaign, 'currency' | 'zone'>,
  words: ShopWords,
): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '–'
  if (name.endsWith('Bp')) return `${Number(value) / 100}%`
  if (name.endsWith('Minor')) return words.money(Number(value), currency)
  if (name === 'endsAt') return validUntil({ expiresAt: String(value), zone }, words)
  if (name.endsWith('At')) return words.moment(String(value), zone)
  return String(value)
}

function labelsOf({ texts }: ShopWords): Readonly<Record<string, string>> {
  const { form: t } = texts
  return {
    name: t.kind.name,
    budgetMinor: t.budget,
    startsAt: t.starts,
    endsAt: t.ends,
    maxVouchers: t.maxVouchers,
    dayMaxVouchers: t.dayMax,
    dayBudgetMinor: t.dayBudget,
    validDays: t.validDays,
    personLimit: t.personLimit,
    rewardAfter: t.rewardAfter,
    quantity: t.kind.quantity,
    leastBp: t.kind.least,
    mostBp: t.kind.most,
  }
}
