import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { erasePerson, showErasure } from '../../usecases/erase-person.ts'
import { changeSettings, settingsOf } from '../../usecases/person-settings.ts'
import { drawErased, drawErasureQuestion, drawPrivacy } from '../draw/privacy.ts'
import { editCall, sendCall } from '../message.ts'
import type { BotContext } from '../visit.ts'

/** /privacy: what is kept, whether it decides anything, a copy of it, and being forgotten after a question. */
export function privacyFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.command('privacy', async (ctx) => {
    const { t, say, personId } = ctx.visit
    say(drawPrivacy(t, await settingsOf(app, personId)))
  })
  composer.action(/^y:personal:(?<to>on|off)$/, async (ctx) => {
    const { t, replace, personId } = ctx.visit
    const personal = ctx.match.groups?.['to'] === 'on'
    replace(drawPrivacy(t, await changeSettings(app, personId, { personal })))
  })
  composer.action('y:export', (ctx) => ctx.visit.tell('', 'person_export', {}))
  composer.action('y:ask', async (ctx) => {
    const { t, replace, personId } = ctx.visit
    replace(drawErasureQuestion(t, await showErasure(app, personId)))
  })
  composer.action('y:keep', (ctx) => ctx.visit.replace({ text: ctx.visit.t.html('erasure-kept') }))
  composer.action('y:erase', (ctx) => erase(app, ctx))
  return composer
}

/** The last words go to a chat and not to a person: there is nobody here of that name any more. */
async function erase(app: AppContext, ctx: BotContext): Promise<void> {
  const { t, later, personId } = ctx.visit
  await erasePerson(app, personId)
  const chatId = ctx.chat?.id
  const messageId = ctx.callbackQuery?.message?.message_id
  if (chatId === undefined) return
  const erased = drawErased(t)
  later(
    undefined,
    messageId
      ? editCall({ chat_id: chatId, message_id: messageId }, erased)
      : sendCall(chatId, erased),
  )
}
