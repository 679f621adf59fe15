import { type ReadonlySignal, signal } from '@preact/signals'

import { type ApiProblem, asProblem } from '../api/problem.ts'
import type { Redemption, Validation } from '../api/shop-answers.ts'
import type { ShopApi, Spending } from '../api/shop-api.ts'
import { createRequestIds } from './request-ids.ts'

export type Amounts = Pick<Spending, 'amountMinor' | 'orderMinor'>

/** What the till knows of one code: first whether it would be taken, then what became of it. */
export type Till = {
  /** The latest answer, and the amounts that were asked for. */
  readonly checked: ReadonlySignal<{ validation: Validation; amounts: Amounts } | undefined>
  readonly problem: ReadonlySignal<ApiProblem | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  check: (amounts?: Amounts) => Promise<void>
  /** Undefined when it was refused, or nobody knows yet: then the same again spends nothing twice. */
  redeem: (amounts: Amounts) => Promise<Redemption | undefined>
}

/** @param spot the code, and the store where this till stands */
export function createTill(api: ShopApi, spot: Pick<Spending, 'code' | 'storeId'>): Till {
  const checked = signal<{ validation: Validation; amounts: Amounts } | undefined>(undefined)
  const problem = signal<ApiProblem | undefined>(undefined)
  const isBusy = signal(false)
  const ids = createRequestIds()
  let latest = 0

  /** The answer to the latest question counts, in whatever order answers come. */
  async function check(amounts: Amounts = {}): Promise<void> {
    const mine = ++latest
    try {
      const validation = await api.validate({ ...spot, ...amounts })
      if (mine !== latest) return
      checked.value = { validation, amounts }
      problem.value = undefined
    } catch (thrown) {
      if (mine === latest) problem.value = asProblem(thrown)
    }
  }

  async function redeem(amounts: Amounts): Promise<Redemption | undefined> {
    const asked = { ...spot, ...amounts }
    latest++
    isBusy.value = true
    problem.value = undefined
    try {
      const { redemption } = await api.redeem(asked, ids.idFor(asked))
      ids.done(asked)
      return redemption
    } catch (thrown) {
      await explain(asProblem(thrown), amounts)
      return undefined
    } finally {
      isBusy.value = false
    }
  }

  /** A refusal may mean that another till was first: the voucher as it is now says who and when. */
  async function explain(refusal: ApiProblem, amounts: Amounts): Promise<void> {
    if (refusal.kind === 'refused') await check(amounts)
    const isExplained = refusal.kind === 'refused' && checked.value?.validation.outcome !== 'valid'
    if (!isExplained) problem.value = refusal
  }

  return { checked, problem, isBusy, check, redeem }
}
