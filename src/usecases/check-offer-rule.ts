import type { AppContext } from '../context.ts'
import { checkRule, sayRuleFault } from '../domain/check-rule.ts'
import type { Rule } from '../domain/rule.ts'
import { AppError } from '../errors.ts'
import { storesOf } from '../store/stores.ts'

/**
 * Checks a rule before it is kept; the message names the path of what is wrong.
 *
 * @throws AppError when it says nothing that an order can be held against, or names a store of others
 */
export async function checkOfferRule(
  app: AppContext,
  merchantId: string,
  rule: Rule | undefined,
  field = 'offer.rule',
): Promise<void> {
  if (rule === undefined) return
  const checked = checkRule(rule)
  if ('fault' in checked) {
    throw new AppError('ERR_REQUEST_INVALID', sayRuleFault(checked.fault, field))
  }
  const named = storesIn(checked.rule)
  if (named.length === 0) return
  const known = new Set((await storesOf(app.db, merchantId)).map(({ storeId }) => storeId))
  const unknown = named.find((storeId) => !known.has(storeId))
  if (unknown === undefined) return
  throw new AppError('ERR_STORE_NOT_FOUND', `${field} names ${unknown}, which is no store here.`)
}

function storesIn(rule: Rule): readonly string[] {
  if ('all' in rule) return rule.all.flatMap(storesIn)
  if ('any' in rule) return rule.any.flatMap(storesIn)
  if ('not' in rule) return storesIn(rule.not)
  return 'storeIds' in rule ? rule.storeIds : []
}
