import { audit, type Finding } from '../../src/store/audit.ts'
import type { Database } from '../../src/store/database.ts'
import type { ClaimAck, SpendAck } from './crowd.ts'
import type { Tally } from './tally.ts'

/** Which of an audit's invariants say that there was more than allowed, or twice. */
const OVER = new Set([
  'issued_is_the_number_of_vouchers',
  'campaign_is_within_budget',
  'issued_is_what_vouchers_come_to',
  'day_is_what_its_vouchers_come_to',
  'nobody_has_more_than_a_period_allows',
  'taken_is_the_number_of_claims',
  'voucher_is_spent_within_its_value',
  'no_account_is_overdrawn',
  'rolled_back_minor_is_the_sum_of_rollbacks',
])
const DOUBLE = new Set(['one_claim_per_key', 'one_voucher_per_claim'])

/** Derives all counters and balances anew: nothing may disagree. */
export async function judgeBooks(db: Database, tally: Tally): Promise<void> {
  for (const finding of await audit(db)) {
    if (OVER.has(finding.invariant)) tally.over.push(wordsOf(finding))
    else if (DOUBLE.has(finding.invariant)) tally.double.push(wordsOf(finding))
    else tally.wrong.push(wordsOf(finding))
  }
}

function wordsOf({ invariant, subject, found }: Finding): string {
  return `${invariant} (${subject}: ${found})`
}

/** Whoever was told of a voucher has it as they were told, and has only that one for the same key. */
export async function judgeClaims(
  db: Database,
  merchantId: string,
  acks: readonly ClaimAck[],
  tally: Tally,
): Promise<void> {
  const told = acks.filter(({ voucherId }) => voucherId !== undefined)
  const stored = await storedVouchers(
    db,
    merchantId,
    told.map(({ voucherId }) => voucherId ?? ''),
  )
  const voucherByKey = new Map<string, string>()
  for (const ack of told) {
    const voucher = stored.get(ack.voucherId ?? '')
    if (!voucher) {
      tally.lost.push(`${ack.voucherId} of ${ack.personId} is not there`)
      continue
    }
    if (
      voucher.holderId !== ack.personId ||
      voucher.code !== ack.code ||
      voucher.valueMinor !== ack.valueMinor
    ) {
      tally.lost.push(`${ack.voucherId} is not what ${ack.personId} was told`)
    }
    const key = `${voucher.campaignId} ${voucher.scope} ${ack.personId}`
    const first = voucherByKey.get(key) ?? voucher.voucherId
    if (first !== voucher.voucherId) tally.double.push(`${ack.personId} was given two in ${key}`)
    voucherByKey.set(key, first)
  }
  for (const ack of acks) {
    const shouldHave = ['allocated', 'repeated', 'fallback'].includes(ack.result)
    if (shouldHave !== (ack.voucherId !== undefined)) {
      tally.wrong.push(`${ack.personId} was told ${ack.result} with voucher ${ack.voucherId}`)
    }
  }
}

type StoredVoucher = {
  voucherId: string
  campaignId: string
  scope: string
  holderId: string
  code: string
  valueMinor: number
}

async function storedVouchers(db: Database, merchantId: string, ids: readonly string[]) {
  const rows = await db.run(
    ({ sql }) => sql<StoredVoucher[]>`
      select v.id as voucher_id, v.campaign_id, k.scope, v.holder_id, v.code, v.value_minor
      from vouchers v join claims k on k.merchant_id = v.merchant_id and k.id = v.claim_id
      where v.merchant_id = ${merchantId} and v.id = any (${[...new Set(ids)]})`,
  )
  return new Map(rows.map((row) => [row.voucherId, row]))
}

/** Whoever was told of nothing left was told the truth: nothing was left at the end either. */
export async function judgeRefusals(
  db: Database,
  merchantId: string,
  campaignId: string,
  acks: readonly ClaimAck[],
  tally: Tally,
): Promise<void> {
  const refused = acks.filter(({ result }) => result === 'exhausted').length
  if (refused === 0) return
  const [fallback] = await db.run(
    ({ sql }) => sql<{ left: number }[]>`
      select quantity - issued as left from voucher_templates
      where merchant_id = ${merchantId} and campaign_id = ${campaignId} and is_fallback`,
  )
  if (fallback && fallback.left > 0) {
    tally.wrong.push(`${refused} were told exhausted while ${fallback.left} are left`)
  }
}

/** Each redemption and rollback that a till was told of is there, once per request. */
export async function judgeSpends(
  db: Database,
  merchantId: string,
  acks: readonly SpendAck[],
  tally: Tally,
): Promise<void> {
  const told = acks.filter(({ redemptionId }) => redemptionId !== undefined)
  const requests = told.map(({ requestId }) => requestId)
  const rows = await db.run(
    ({ sql }) => sql<{ requestId: string; redemptionId: string }[]>`
      select request_id, id as redemption_id from redemptions
      where merchant_id = ${merchantId} and request_id = any (${requests})
      union all
      select request_id, redemption_id from rollbacks
      where merchant_id = ${merchantId} and request_id = any (${requests})`,
  )
  const stored = new Map(rows.map((row) => [row.requestId, row.redemptionId]))
  const answers = new Map<string, string>()
  for (const { requestId, redemptionId = '' } of told) {
    if (stored.get(requestId) !== redemptionId)
      tally.lost.push(`request ${requestId} is not there as it was told`)
    const first = answers.get(requestId) ?? redemptionId
    if (first !== redemptionId) tally.double.push(`request ${requestId} was served twice`)
    answers.set(requestId, first)
  }
}
