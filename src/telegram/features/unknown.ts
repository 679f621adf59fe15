import { Composer } from 'telegraf'

import type { BotContext } from '../visit.ts'

/** What nothing else has answered: a short hint, and the same words for every unknown command. */
export function unknownFeature(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('message', (ctx) => {
    const { t, say } = ctx.visit
    const isCommand = 'text' in ctx.message && ctx.message.text.startsWith('/')
    const isSaid = 'text' in ctx.message || 'photo' in ctx.message || 'sticker' in ctx.message
    if (isCommand) say({ text: t.html('unknown-command') })
    else if (isSaid) say({ text: t.html('hint') })
  })
  composer.on('callback_query', (ctx) =>
    ctx.visit.answer({ text: ctx.visit.t.plain('button-dead'), show_alert: true }),
  )
  return composer
}
