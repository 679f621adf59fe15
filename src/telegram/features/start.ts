import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { acceptInvite } from '../../usecases/accept-invite.ts'
import { claimShare } from '../../usecases/claim-share.ts'
import { queryOrder } from '../../usecases/query-order.ts'
import { resolveReference } from '../../usecases/resolve-reference.ts'
import { rolesOf } from '../../usecases/staff-roles.ts'
import { menuCall, staffCommandsOf } from '../commands.ts'
import { drawClaim } from '../draw/claim.ts'
import { drawHelp, drawWelcome } from '../draw/help.ts'
import { bold, linesOf } from '../draw/parts.ts'
import type { BotContext } from '../visit.ts'
import { showOrder, showOrders } from './orders.ts'

/** /start with what a link carries, and /help. */
export function startFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.start(async (ctx) => {
    if (ctx.payload === '') return ctx.visit.say(drawWelcome(ctx.visit.t))
    if (ctx.payload === 'orders') return showOrders(app, ctx)
    await follow(app, ctx, ctx.payload)
  })
  composer.help(async (ctx) => {
    const roles = await rolesOf(app, ctx.visit.personId)
    ctx.visit.say(drawHelp(ctx.visit.t, staffCommandsOf(roles.map(({ role }) => role))))
  })
  return composer
}

/** Does what the 22 characters of a link stand for. @patent 1 5 */
async function follow(app: AppContext, ctx: BotContext, reference: string): Promise<void> {
  const { t, say, personId } = ctx.visit
  const target = await resolveReference(app, reference)
  if (target?.kind === 'order') {
    const by = { kind: 'reference' as const, reference }
    return showOrder(ctx, app.bot, await queryOrder(app, { personId, by }), 'order-gone')
  }
  if (target?.kind === 'share') return claim(app, ctx, reference)
  if (target?.kind === 'invite') return join(app, ctx, reference)
  say({ text: t.html('link-dead') })
}

/** A new voucher comes with the notice of it, so that it is shown once. */
async function claim(app: AppContext, ctx: BotContext, reference: string): Promise<void> {
  const { t, say, personId } = ctx.visit
  const answer = await claimShare(app, { personId, by: { kind: 'reference', reference } })
  if (answer.result === 'allocated' || answer.result === 'fallback') return
  say(drawClaim(t, answer, app.bot))
}

async function join(app: AppContext, ctx: BotContext, reference: string): Promise<void> {
  const { t, say, later, personId } = ctx.visit
  const result = await acceptInvite(app, { personId, reference })
  if (!('role' in result)) return say({ text: t.html(`invite-${result.outcome}`) })
  const args = { role: t.plain(`role-${result.role}`), merchant: result.merchantName }
  if (result.outcome === 'already_staff') return say({ text: t.html('invite-already', args) })
  say({ text: linesOf(`🔑 ${bold(t.html('invite-joined', args))}`, t.html('invite-joined-body')) })
  later(personId, await menuCall(app, personId, t))
}
