import type { AppContext } from '../context.ts'
import { claimBehind, type LeasedMessage, rollbackBehind } from '../store/outbox.ts'
import { voucherOf } from '../usecases/list-vouchers.ts'
import { redemptionView } from '../usecases/redemption-view.ts'
import { drawClaim } from './draw/claim.ts'
import { drawSpending } from './draw/notice.ts'
import { type Message, sendCall } from './message.ts'
import type { Call } from './outbox-worker.ts'
import { type Texts, textsIn } from './texts.ts'

/**
 * The call that tells what a row of the outbox holds: a call as it was drawn, or an event, which is
 * drawn now, in the language that its person speaks now.
 */
export async function drawStored(
  app: AppContext,
  stored: LeasedMessage,
): Promise<Call | undefined> {
  if (stored.kind === 'call') return stored.payload as Call
  const message = await drawEvent(app, textsIn(stored.language ?? 'en'), stored)
  const chatId = Number(stored.personId?.slice('telegram:'.length))
  return message && sendCall(chatId, message)
}

async function drawEvent(
  app: AppContext,
  t: Texts,
  { merchantId, kind, payload }: LeasedMessage,
): Promise<Message | undefined> {
  switch (kind) {
    case 'voucher_issued':
      return drawIssued(app, t, merchantId, String(payload['voucherId']))
    case 'voucher_redeemed': {
      const redemption = await redemptionView(app, merchantId, String(payload['redemptionId']))
      return drawSpending(t, 'notice-redeemed', redemption, app.bot)
    }
    case 'redemption_rolled_back': {
      const rollback = await rollbackBehind(app.db, merchantId, String(payload['rollbackId']))
      if (!rollback) return undefined
      const { voucher } = await redemptionView(app, merchantId, rollback.redemptionId)
      return drawSpending(
        t,
        'notice-rolled-back',
        { voucher, amountMinor: rollback.amountMinor },
        app.bot,
      )
    }
    default:
      app.log.error({ kind }, 'message of an unknown kind')
      return undefined
  }
}

async function drawIssued(
  app: AppContext,
  t: Texts,
  merchantId: string,
  voucherId: string,
): Promise<Message | undefined> {
  const voucher = await voucherOf(app, { merchantId, voucherId })
  const claim = await claimBehind(app.db, merchantId, voucherId)
  if (!voucher || !claim) return undefined
  const { result, reason } = claim
  const answer = {
    result,
    voucher,
    merchantName: voucher.merchantName,
    ...(reason !== null && { reason }),
  }
  return drawClaim(t, answer, app.bot)
}
