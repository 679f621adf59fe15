import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { vouchersOf } from '../../usecases/list-vouchers.ts'
import { changeSettings, settingsOf } from '../../usecases/person-settings.ts'
import { showVoucher } from '../../usecases/show-voucher.ts'
import { callbackButton } from '../draw/parts.ts'
import { drawVouchers } from '../draw/voucher.ts'
import type { BotContext } from '../visit.ts'

/** /vouchers: the wallet, a voucher with its code as a picture, and reminders of what ends. */
export function vouchersFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.command('vouchers', async (ctx) => {
    const { t, say, personId } = ctx.visit
    const [vouchers, settings] = await Promise.all([
      vouchersOf(app, personId),
      settingsOf(app, personId),
    ])
    say(drawVouchers(t, vouchers, app.bot, settings))
  })
  composer.action(/^w:(?<merchant>mer_\w{1,30}):(?<voucher>vch_\w{1,30})$/, async (ctx) => {
    const { t, tell, answer, personId } = ctx.visit
    const { merchant: merchantId = '', voucher: voucherId = '' } = ctx.match.groups ?? {}
    if (await showVoucher(app, { merchantId, voucherId, personId }))
      tell(merchantId, 'voucher_card', { voucherId })
    else await answer({ text: t.plain('voucher-not-yours') })
  })
  composer.action(/^b:(?<to>on|off)$/, async (ctx) => {
    const { t, say, personId } = ctx.visit
    const reminders = ctx.match.groups?.['to'] === 'on'
    await changeSettings(app, personId, { reminders })
    if (reminders) return say({ text: t.html('reminders-on') })
    const again = callbackButton(t.plain('button-reminders-on'), 'b:on')
    say({ text: t.html('reminders-off'), buttons: [[again]] })
  })
  return composer
}
