import type { RuleFault } from '../domain/check-rule.ts'
import { type RuleTextFault, readRule } from '../domain/read-rule.ts'
import type { Rule } from '../domain/rule.ts'
import type { Store } from '../domain/views.ts'
import { writeRule } from '../domain/write-rule.ts'
import { exampleAmount, type Form, FormError } from './form.ts'

/** What a rule is read with. */
export type RulePlace = { currency: string; stores: readonly Store[] }

/**
 * The rule of a form, in words as readRule takes them; nothing when it is left out.
 *
 * @throws FormError that marks the place of what cannot be read
 */
export function ruleField(form: Form, field: string, place: RulePlace): Rule | undefined {
  const text = form.named.get(field)
  if (text === undefined) return undefined
  const { currency, stores } = place
  const read = readRule(text, {
    currency,
    stores: new Map(stores.map(({ sourceId, storeId }) => [sourceId, storeId])),
  })
  if ('rule' in read) return read.rule
  throw 'fault' in read ? textFault(text, read.fault, place) : unsoundFault(read.unsound, place)
}

const SHOWN_BEFORE = 20
const SHOWN_AFTER = 25

/** `…spend>=20 and 👉catgory=tea`: the place, with a little of what stands around it. */
function textFault(
  text: string,
  { why, at, found }: RuleTextFault,
  { currency, stores }: RulePlace,
) {
  const before = text.slice(Math.max(0, at - SHOWN_BEFORE), at)
  const after = text.slice(at, at + SHOWN_AFTER)
  return new FormError(`fault-rule-${why}`, {
    found,
    place: `${at > SHOWN_BEFORE ? '…' : ''}${before}👉${after}${text.length > at + SHOWN_AFTER ? '…' : ''}`,
    ...(why === 'amount' && { currency, example: exampleAmount(currency) }),
    ...(why === 'store' && {
      stores:
        stores
          .map(({ sourceId }) => sourceId)
          .slice(0, 10)
          .join(', ') || '–',
    }),
  })
}

function unsoundFault(fault: RuleFault, { currency, stores }: RulePlace) {
  if (fault.why !== 'contradiction') return new FormError('fault-rule-unsound')
  const storeNames = new Map(stores.map(({ sourceId, storeId }) => [storeId, sourceId]))
  const [one, other] = fault.parts.map((part) => writeRule(part, { currency, storeNames }))
  return new FormError('fault-rule-contradiction', { one: one ?? '', other: other ?? '' })
}
