import type { AppContext } from '../context.ts'
import { chooseVoucher } from '../domain/choose-voucher.ts'
import { splitPot } from '../domain/split-pot.ts'
import type { ClaimAnswer, ClaimResult } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newCode, newId } from '../ids.ts'
import { MODEL, match } from '../matching/match.ts'
import { drawsFrom } from '../seed.ts'
import {
  type Ask,
  choicesOf,
  claimVouchers,
  type Decision,
  type KnownPerson,
  type ShareChoices,
} from '../store/claims.ts'
import { merchantOf } from '../store/merchants.ts'
import { openShare } from '../store/shares.ts'
import { type StoredVoucher, vouchersByIds } from '../store/vouchers.ts'
import { placeOfShare } from './show-share.ts'
import { voucherView } from './voucher-view.ts'

export type ClaimRequest = {
  personId: string
  by: { kind: 'token'; token: string } | { kind: 'reference'; reference: string }
}

type Opening = { shareId: string; personId: string }
type Given = {
  result: ClaimResult
  reason: string | null
  voucher: StoredVoucher | undefined
  merchantName: string
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
  if (!place) throw new AppError('ERR_SHARE_NOT_FOUND', 'This link leads nowhere.')

  const { merchantId, shareId } = place
  const given = await app.together<Opening, Given>(
    `claims:${merchantId}`,
    { shareId, personId },
    (openings) => claimTogether(app, merchantId, openings),
  )
  if (given.reason === 'unknown_share')
    throw new AppError('ERR_SHARE_NOT_FOUND', 'This link leads nowhere.')
  const { result, reason, voucher, merchantName } = given
  return {
    result,
    merchantName,
    ...(reason !== null && { reason }),
    ...(voucher && { voucher: voucherView(voucher) }),
  }
}

/** Read, decide, write once: for all who are waiting. */
async function claimTogether(
  app: AppContext,
  merchantId: string,
  openings: readonly Opening[],
): Promise<Given[]> {
  const shareIds = [...new Set(openings.map(({ shareId }) => shareId))]
  const { shares, people } = await choicesOf(
    app.db,
    merchantId,
    shareIds,
    openings.map(({ personId }) => personId),
  )
  await Promise.all(shares.map((share) => openIfDraft(app, merchantId, share)))

  const shareById = new Map(shares.map((share) => [share.shareId, share]))
  const personById = new Map(people.map((person) => [person.personId, person]))
  const asks = openings.map((opening) =>
    decide(app, opening, shareById.get(opening.shareId), personById.get(opening.personId)),
  )
  const claimed = await claimVouchers(app.db, merchantId, asks)
  if (claimed.some(({ voucherId }) => voucherId !== null)) app.wakeOutbox()

  const vouchers = await vouchersByIds(
    app.db,
    merchantId,
    claimed.flatMap(({ voucherId }) => voucherId ?? []),
  )
  const voucherById = new Map(vouchers.map((voucher) => [voucher.voucherId, voucher]))
  const merchantName =
    vouchers[0]?.merchantName ?? (await merchantOf(app.db, merchantId))?.name ?? ''
  return claimed.map(({ result, reason, voucherId }) => ({
    result,
    reason,
    merchantName,
    voucher: voucherId === null ? undefined : voucherById.get(voucherId),
  }))
}

/** The first open reserves the pot; its parts follow from the share's seed. */
async function openIfDraft(
  app: AppContext,
  merchantId: string,
  share: ShareChoices,
): Promise<void> {
  if (share.status !== 'draft') return
  const { potMinor, drawMinMinor, drawMaxMinor, slots } = share
  const amounts =
    share.mode === 'random' && potMinor !== null && drawMinMinor !== null && drawMaxMinor !== null
      ? splitPot(
          { totalMinor: potMinor, parts: slots, minMinor: drawMinMinor, maxMinor: drawMaxMinor },
          drawsFrom(share.seed),
        )
      : []
  await openShare(app.db, merchantId, share.shareId, amounts)
}

function decide(
  app: AppContext,
  { shareId, personId }: Opening,
  share: ShareChoices | undefined,
  person: KnownPerson | undefined,
): Ask {
  const offered = share?.templates.filter(({ left }) => left > 0) ?? []
  const known = person !== undefined && person.ordersCount + person.claimsCount > 0
  const candidates =
    person && known ? match(person, share?.mode === 'random' ? unmatched(offered) : offered) : []
  const choice = chooseVoucher(known, candidates, app.draw())
  const decision: Decision = {
    candidates: candidates.map(({ id, score, probability }) => ({ id, score, probability })),
    chosen_by: choice.by,
    propensity: choice.by === 'fallback' ? 1 : choice.propensity,
    reasons: choice.by === 'fallback' ? [{ why: choice.reason }] : choice.reasons,
    model: MODEL,
  }
  const fallbackId = choice.by === 'fallback' && choice.reason === 'none_left' ? '' : null
  return {
    claimId: newId('clm'),
    shareId,
    personId,
    templateId: choice.by === 'fallback' ? fallbackId : choice.templateId,
    decision,
    voucherId: newId('vch'),
    code: newCode(),
  }
}

/** In a campaign of random amounts chance decides, not what is known of a person. @patent 8 */
function unmatched<T extends { traits: object }>(templates: readonly T[]) {
  return templates.map((template) => ({ ...template, traits: {} }))
}
