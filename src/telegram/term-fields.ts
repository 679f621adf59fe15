import {
  type CampaignTerms,
  faultOfTerms,
  type Hours,
  type Period,
} from '../domain/campaign-terms.ts'
import { readHours } from '../domain/read-hours.ts'
import type { Store } from '../domain/views.ts'
import { type Form, FormError, optionalAmount, optionalText, wholeField } from './form.ts'

/** The fields of what a merchant may set beside budget and dates; the same in every command. */
export const TERM_FIELDS = [
  'vouchers',
  'daily',
  'dailybudget',
  'open',
  'each',
  'stores',
  'reward',
  'refund',
  'cancelled',
  'valid',
  'hours',
  'self',
] as const

export type TermsRead = Partial<
  CampaignTerms & { shareTtlSeconds: number; validDays: number; sharerMayClaim: boolean }
>

const MOST_VOUCHERS = 100_000_000
const PERIODS: readonly Period[] = ['day', 'week', 'month', 'campaign']

/** The terms that a form speaks of; `none` lifts a limit. */
export function readTerms(form: Form, currency: string, stores: readonly Store[]): TermsRead {
  const open = hoursField(form, 'open')
  const hours = form.named.has('hours') && wholeField(form, 'hours', [1, 2_160])
  return {
    ...given('maxVouchers', countOrNone(form, 'vouchers')),
    ...given('dayMaxVouchers', countOrNone(form, 'daily')),
    ...given('dayBudgetMinor', amountOrNone(form, 'dailybudget', currency)),
    ...(open && {
      openWeekdays: open.weekdays,
      openFromMinute: open.fromMinute,
      openToMinute: open.toMinute,
    }),
    ...readEach(form),
    ...given('storeIds', storesField(form, 'stores', stores)),
    ...readReward(form),
    ...given('onRefund', choice(form, 'refund', { back: 'roll_back', keep: 'keep' } as const)),
    ...given(
      'onCancelledShare',
      choice(form, 'cancelled', { revoke: 'revoke', keep: 'keep' } as const),
    ),
    ...(form.named.has('valid') && { validDays: wholeField(form, 'valid', [1, 730]) }),
    ...(hours && { shareTtlSeconds: hours * 3600 }),
    ...given('sharerMayClaim', choice(form, 'self', { yes: true, no: false } as const)),
  }
}

/** Refuses terms that cannot hold together, in words. */
export function checkTogether(terms: CampaignTerms, claimScope: 'campaign' | 'share'): void {
  const fault = faultOfTerms(terms, claimScope)
  if (fault) throw new FormError(`fault-terms-${fault}`)
}

/** Weekdays and times such as `mon-fri 11:00-14:00`; `always` is every hour of the week. */
export function hoursField(form: Form, field: string): Hours | undefined {
  const text = form.named.get(field)
  if (text === undefined) return undefined
  const hours = isNone(text) ? readHours('mon-sun') : readHours(text)
  if (!hours) throw new FormError('fault-hours', { field })
  return hours
}

/** `2/week`; a number alone is for the whole campaign. */
function readEach(form: Form): Pick<TermsRead, 'personLimit' | 'personPeriod'> {
  const text = optionalText(form, 'each', 40)
  if (text === undefined) return {}
  if (isNone(text)) return { personLimit: null, personPeriod: null }
  const [, count = '', period = 'campaign'] = /^(\d{1,6})(?:\/([a-z]+))?$/i.exec(text) ?? []
  const known = PERIODS.find((one) => one === period.toLowerCase())
  if (!known || !(Number(count) > 0)) throw new FormError('fault-each', { field: 'each' })
  return { personLimit: Number(count), personPeriod: known }
}

/** `3/claims` or `2/redemptions`. */
function readReward(form: Form): Pick<TermsRead, 'rewardAfter' | 'rewardFor'> {
  const text = optionalText(form, 'reward', 40)
  if (text === undefined) return {}
  if (isNone(text)) return { rewardAfter: null, rewardFor: null }
  const [, after = '', cause = ''] = /^(\d{1,6})\/(claims|redemptions)$/i.exec(text) ?? []
  if (!(Number(after) > 0)) throw new FormError('fault-reward', { field: 'reward' })
  return {
    rewardAfter: Number(after),
    rewardFor: cause.toLowerCase() === 'claims' ? 'claims' : 'redemptions',
  }
}

/** Our ids of stores that are named by the merchant's own; `all` is every store. */
function storesField(form: Form, field: string, stores: readonly Store[]): string[] | undefined {
  const text = optionalText(form, field, 600)
  if (text === undefined) return undefined
  if (isNone(text)) return []
  return text.split(/[,，、]\s*/).map((named) => {
    const store = stores.find(
      ({ sourceId }) => sourceId.toLowerCase() === named.trim().toLowerCase(),
    )
    if (!store) throw new FormError('fault-store', { store: named, stores: idsOf(stores) })
    return store.storeId
  })
}

/** What can be written: the first of the merchant's own ids. */
function idsOf(stores: readonly Store[]): string {
  return (
    stores
      .map(({ sourceId }) => sourceId)
      .slice(0, 10)
      .join(', ') || '–'
  )
}

function countOrNone(form: Form, field: string): number | null | undefined {
  const text = form.named.get(field)
  if (text === undefined) return undefined
  return isNone(text) ? null : wholeField(form, field, [1, MOST_VOUCHERS])
}

function amountOrNone(form: Form, field: string, currency: string): number | null | undefined {
  const text = form.named.get(field)
  if (text === undefined) return undefined
  return isNone(text) ? null : optionalAmount(form, field, currency)
}

function choice<T extends string | boolean>(
  form: Form,
  field: string,
  words: Record<string, T>,
): T | undefined {
  const text = form.named.get(field)?.toLowerCase()
  if (text === undefined) return undefined
  const chosen = words[text]
  if (chosen === undefined) {
    throw new FormError('fault-choice', { field, words: Object.keys(words).join(', ') })
  }
  return chosen
}

/** Words that lift a limit. */
export function isNone(text: string): boolean {
  return /^(none|no|always|all|无|不限|全部)$/i.test(text)
}

function given<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: V }
}
