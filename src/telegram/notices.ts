import type { AppContext } from '../context.ts'
import type { DrawPicture } from '../pictures/draw-picture.ts'
import { claimBehind, type LeasedMessage } from '../store/outbox.ts'
import { voucherOf } from '../usecases/list-vouchers.ts'
import { redemptionView, rollbackView } from '../usecases/redemption-view.ts'
import { menuCall } from './commands.ts'
import { drawClaim } from './draw/claim.ts'
import { drawRevoked, drawSpending } from './draw/notice.ts'
import { type Message, sendCall } from './message.ts'
import type { Call } from './outbox-worker.ts'
import { drawPersonEvent } from './person-notices.ts'
import { drawStaffEvent } from './staff-notices.ts'
import { type Texts, textsIn } from './texts.ts'

/**
 * The call that tells what a row of the outbox holds: a call as it was drawn, or an event, which is
 * drawn now, in the language that its person speaks now.
 */
export async function drawStored(
  app: AppContext,
  draw: DrawPicture,
  stored: LeasedMessage,
): Promise<Call | undefined> {
  if (stored.kind === 'call') return stored.payload as Call
  if (stored.kind === 'staff_menu_gone')
    return menuCall(app, String(stored.payload['personId']), textsIn('en'))
  const message = await drawEvent(app, draw, textsIn(stored.language ?? 'en'), stored)
  const chatId = Number(stored.personId?.slice('telegram:'.length))
  return message && sendCall(chatId, message)
}

async function drawEvent(
  app: AppContext,
  draw: DrawPicture,
  t: Texts,
  stored: LeasedMessage,
): Promise<Message | undefined> {
  const { merchantId, kind, payload } = stored
  switch (kind) {
    case 'voucher_issued':
      return drawIssued(app, t, merchantId, String(payload['voucherId']))
    case 'voucher_redeemed': {
      const redemption = await redemptionView(app, merchantId, String(payload['redemptionId']))
      return drawSpending(t, 'notice-redeemed', redemption, app.bot)
    }
    case 'redemption_rolled_back': {
      const rollbackId = String(payload['rollbackId'])
      const { rollback, redemption, isRefund } = await rollbackView(app, merchantId, rollbackId)
      const { voucher } = redemption
      const what = isRefund ? 'notice-refunded' : 'notice-rolled-back'
      return drawSpending(t, what, { ...rollback, voucher }, app.bot)
    }
    case 'voucher_revoked': {
      const voucher = await voucherOf(app, { merchantId, voucherId: String(payload['voucherId']) })
      return voucher && drawRevoked(t, voucher)
    }
    case 'stats_picture':
    case 'matching_picture':
    case 'alert':
    case 'export_ready':
    case 'export_failed':
      return drawStaffEvent(app, draw, t, stored)
    case 'voucher_ends':
    case 'voucher_card':
    case 'person_export':
      return drawPersonEvent(app, t, stored)
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
