import type { ApiProblem } from '../api/problem.ts'
import type { Texts } from '../texts/texts.ts'

/** What went wrong, for people, and whether trying the same again can help. */
export type ToldProblem = { title: string; text: string; mayRetry: boolean }

export function tellProblem(problem: ApiProblem, { problem: t }: Texts): ToldProblem {
  switch (problem.kind) {
    case 'unreachable':
      return { title: t.unreachable, text: t.unreachableText, mayRetry: true }
    case 'signed_out':
      return problem.code === 'ERR_SESSION_TOO_OLD'
        ? { title: t.tooOld, text: t.tooOldText, mayRetry: false }
        : { title: t.signed_out, text: t.signed_outText, mayRetry: false }
    case 'busy':
      return problem.status === 429
        ? { title: t.tooOften, text: t.tooOftenText, mayRetry: true }
        : { title: t.busy, text: t.busyText, mayRetry: true }
    case 'broken':
      return { title: t.broken, text: t.brokenText, mayRetry: true }
    case 'refused':
      return tellRefusal(problem.code, t)
  }
}

/** The same for staff, who change campaigns instead of sharing from them. */
export function tellShopProblem(problem: ApiProblem, texts: Texts): ToldProblem {
  const { problem: t } = texts
  return problem.code === 'ERR_STATE_CONFLICT'
    ? { title: t.conflict, text: t.conflictText, mayRetry: false }
    : tellProblem(problem, texts)
}

function tellRefusal(code: string, t: Texts['problem']): ToldProblem {
  switch (code) {
    case 'ERR_TOKEN_INVALID':
      return { title: t.invalidLink, text: t.invalidLinkText, mayRetry: false }
    case 'ERR_REQUEST_INVALID':
      return { title: t.invalid, text: t.invalidText, mayRetry: false }
    case 'ERR_TOKEN_EXPIRED':
      return { title: t.oldLink, text: t.oldLinkText, mayRetry: false }
    case 'ERR_ORDER_NOT_FOUND':
      return { title: t.orderNotFound, text: t.orderNotFoundText, mayRetry: false }
    case 'ERR_ORDER_BOUND_TO_OTHER':
      return { title: t.boundToOther, text: t.boundToOtherText, mayRetry: false }
    case 'ERR_ORDER_CANCELLED':
      return { title: t.orderCancelled, text: t.orderCancelledText, mayRetry: false }
    case 'ERR_SHARE_SPENT':
      return { title: t.spent, text: t.spentText, mayRetry: false }
    case 'ERR_OFFER_NOT_FOUND':
    case 'ERR_STATE_CONFLICT':
      return { title: t.offerGone, text: t.offerGoneText, mayRetry: false }
    case 'ERR_NOT_ALLOWED':
      return { title: t.notAllowed, text: t.notAllowedText, mayRetry: false }
    case 'ERR_IDEMPOTENCY_CONFLICT':
      return { title: t.conflict, text: t.conflictText, mayRetry: false }
    case 'ERR_BELOW_USED':
      return { title: t.belowUsed, text: t.belowUsedText, mayRetry: false }
    case 'ERR_DECISION_NOT_FOUND':
      return { title: t.forgotten, text: t.forgottenText, mayRetry: false }
    case 'ERR_VOUCHER_NOT_FOUND':
    case 'ERR_CAMPAIGN_NOT_FOUND':
    case 'ERR_NOT_FOUND':
      return { title: t.gone, text: t.goneText, mayRetry: false }
    default:
      return { title: t.broken, text: t.brokenText, mayRetry: true }
  }
}
