import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { vouchersOf } from '../../usecases/list-vouchers.ts'
import { drawVouchers } from '../draw/voucher.ts'
import type { BotContext } from '../visit.ts'

/** /vouchers: the wallet. */
export function vouchersFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.command('vouchers', async (ctx) => {
    const { t, say, personId } = ctx.visit
    say(drawVouchers(t, await vouchersOf(app, personId), app.bot))
  })
  return composer
}
