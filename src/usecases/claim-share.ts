import type { AppContext } from '../context.ts'
import { splitPot } from '../domain/split-pot.ts'
import type { ClaimAnswer, VoucherView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { drawsFrom } from '../seed.ts'
import {
  type Ask,
  type CampaignFacts,
  type Claimed,
  type ClaimFacts,
  claimFactsOf,
  claimVouchers,
  type ShareFacts,
} from '../store/claims.ts'
import { openShare } from '../store/shares.ts'
import { vouchersByIds } from '../store/vouchers.ts'
import { decideClaim, type Opening } from './decide-claim.ts'
import { placeOfShare } from './show-share.ts'
import { newVoucherView, voucherView } from './voucher-view.ts'

export type ClaimRequest = {
  personId: string
  by: { kind: 'token'; token: string } | { kind: 'reference'; reference: string }
}

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
  const answer = await app.together<Opening, ClaimAnswer | undefined>(
    `claims:${merchantId}`,
    { shareId, personId },
    (openings) => claimTogether(app, merchantId, openings),
  )
  if (!answer) throw leadsNowhere()
  return answer
}

/** Read, decide, write once: for all who are waiting. Answers nothing to whoever asks for no share of ours. */
async function claimTogether(
  app: AppContext,
  merchantId: string,
  openings: readonly Opening[],
): Promise<(ClaimAnswer | undefined)[]> {
  const facts = await readFacts(app, merchantId, openings)
  const asks = openings.map((opening) => {
    const campaign = facts.campaignOf(opening.shareId)
    return decideClaim(app, opening, campaign, facts.people.get(opening.personId))
  })
  const claimed = await claimVouchers(app.db, merchantId, asks)
  if (claimed.some(({ issuedAt }) => issuedAt !== null)) app.wakeOutbox()

  const repeated = await repeatedVouchers(app, merchantId, claimed)
  return asks.map((ask, i) => {
    const campaign = facts.campaignOf(ask.shareId)
    const given = claimed[i]
    return campaign && given && answerOf(merchantId, campaign, ask, given, repeated)
  })
}

type Facts = {
  people: Map<string, ClaimFacts['people'][number]>
  campaignOf(shareId: string): CampaignFacts | undefined
}

async function readFacts(
  app: AppContext,
  merchantId: string,
  openings: readonly Opening[],
): Promise<Facts> {
  const { shares, campaigns, people } = await claimFactsOf(
    app.db,
    merchantId,
    [...new Set(openings.map(({ shareId }) => shareId))],
    openings.map(({ personId }) => personId),
  )
  const campaignById = new Map(campaigns.map((campaign) => [campaign.campaignId, campaign]))
  const campaignByShare = new Map(
    shares.map(({ shareId, campaignId }) => [shareId, campaignById.get(campaignId)]),
  )
  await Promise.all(
    shares.map((share) => openIfDraft(app, merchantId, share, campaignByShare.get(share.shareId))),
  )
  return {
    people: new Map(people.map((person) => [person.personId, person])),
    campaignOf: (shareId) => campaignByShare.get(shareId),
  }
}

/** The first open reserves the pot; its parts follow from the share's seed. */
async function openIfDraft(
  app: AppContext,
  merchantId: string,
  { shareId, status, slots, seed }: ShareFacts,
  campaign: CampaignFacts | undefined,
): Promise<void> {
  if (status !== 'draft' || !campaign) return
  const { potMinor, drawMinMinor, drawMaxMinor } = campaign
  const hasPot = potMinor !== null && drawMinMinor !== null && drawMaxMinor !== null
  const amounts = hasPot
    ? splitPot(
        { totalMinor: potMinor, parts: slots, minMinor: drawMinMinor, maxMinor: drawMaxMinor },
        drawsFrom(seed),
      )
    : []
  await openShare(app.db, merchantId, shareId, amounts)
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
  campaign: CampaignFacts,
  ask: Ask,
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
