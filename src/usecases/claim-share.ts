import type { AppContext } from '../context.ts'
import type { ClaimAnswer, VoucherView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { type Ask, type CampaignFacts, type Claimed, claimVouchers } from '../store/claims.ts'
import { vouchersByIds } from '../store/vouchers.ts'
import { factsOf, forgetCampaign } from './claim-facts.ts'
import { decideClaim } from './decide-claim.ts'
import { placeOfShare } from './show-share.ts'
import { newVoucherView, voucherView } from './voucher-view.ts'

export type ClaimRequest = {
  personId: string
  by: { kind: 'token'; token: string } | { kind: 'reference'; reference: string }
}

/** An opener's ask, decided as far as that can be done before it is written. */
type Decided = { ask: Ask; campaign: CampaignFacts }

/**
 * Opens a share's link: determines the voucher that matches the opener and gives it to them, once per
 * person and never more than the campaign allows. Whoever has theirs is shown it again.
 *
 * Claims of one merchant that arrive while a batch of them is being written go together in the next.
 *
 * @patent 1 7 8 9 10
 */
export async function claimShare(app: AppContext, request: ClaimRequest): Promise<ClaimAnswer> {
  const { by, personId } = request
  const place = await placeOfShare(
    app,
    by.kind === 'token' ? { token: by.token } : { reference: by.reference },
  )
  if (!place) throw leadsNowhere()

  const { merchantId, shareId } = place
  const facts = await factsOf(app, merchantId, { shareId, personId })
  if (!facts) throw leadsNowhere()

  const { campaign } = facts
  const isInChat = by.kind === 'reference'
  const ask = decideClaim(app, { merchantId, shareId, personId, isInChat }, facts)
  return app.together(`claims:${merchantId}`, { ask, campaign }, (asks: readonly Decided[]) =>
    claimTogether(app, merchantId, asks),
  )
}

/** Writes once for all who are waiting. */
async function claimTogether(
  app: AppContext,
  merchantId: string,
  decided: readonly Decided[],
): Promise<ClaimAnswer[]> {
  const claimed = await claimVouchers(
    app.db,
    merchantId,
    decided.map(({ ask }) => ask),
    fallbacksOf(decided),
  )
  if (claimed.some(({ issuedAt }) => issuedAt !== null)) app.wakeOutbox()
  noteGiven(app, merchantId, decided, claimed)

  const repeated = await repeatedVouchers(app, merchantId, claimed)
  return decided.map((one, i) => {
    const given = claimed[i]
    if (!given) throw new AppError('ERR_INTERNAL', 'A claim was not answered.')
    return answerOf(merchantId, one, given, repeated)
  })
}

/** What is left is known without reading it again; where others took it meanwhile, it is read again. */
function noteGiven(
  app: AppContext,
  merchantId: string,
  decided: readonly Decided[],
  claimed: readonly Claimed[],
): void {
  for (const [i, { campaign }] of decided.entries()) {
    const given = claimed[i]
    const template = campaign.templates.find(({ id }) => id === given?.templateId)
    if (template) template.left--
    if (given?.reason === 'template_used_up') {
      forgetCampaign(app, merchantId, campaign.campaignId)
    }
  }
}

function fallbacksOf(decided: readonly Decided[]): string[] {
  const campaigns = new Set(decided.map(({ campaign }) => campaign))
  return [...campaigns].flatMap(({ templates }) =>
    templates.flatMap(({ id, isFallback }) => (isFallback ? id : [])),
  )
}

/** What those hold who have theirs already. */
async function repeatedVouchers(
  app: AppContext,
  merchantId: string,
  claimed: readonly Claimed[],
): Promise<Map<string, VoucherView>> {
  const ids = claimed.flatMap(({ voucherId, issuedAt }) => (issuedAt ? [] : (voucherId ?? [])))
  if (ids.length === 0) return new Map()
  const vouchers = await vouchersByIds(app.db, merchantId, ids)
  return new Map(vouchers.map((voucher) => [voucher.voucherId, voucherView(voucher)]))
}

function answerOf(
  merchantId: string,
  { ask, campaign }: Decided,
  given: Claimed,
  repeated: ReadonlyMap<string, VoucherView>,
): ClaimAnswer {
  const voucher =
    newVoucherView(merchantId, campaign, ask, given) ?? repeated.get(given.voucherId ?? '')
  return {
    result: given.result,
    merchantName: campaign.merchantName,
    ...(given.reason !== null && { reason: given.reason }),
    ...(voucher && { voucher }),
  }
}

function leadsNowhere(): AppError {
  return new AppError('ERR_SHARE_NOT_FOUND', 'This link leads nowhere.')
}
