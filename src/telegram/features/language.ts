import { Composer } from 'telegraf'
import type { AppContext } from '../../context.ts'
import type { Language } from '../../domain/views.ts'
import { changeSettings } from '../../usecases/person-settings.ts'
import { rolesOf } from '../../usecases/staff-roles.ts'
import { menuCall } from '../commands.ts'
import { callbackButton } from '../draw/parts.ts'
import { textsIn } from '../texts.ts'
import type { BotContext } from '../visit.ts'

/** /language: a chosen language stays, whatever Telegram says later. */
export function languageFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.command('language', (ctx) => {
    const { t, say } = ctx.visit
    say({
      text: t.html('language-ask'),
      buttons: [[callbackButton('English', 'l:en'), callbackButton('中文', 'l:zh')]],
    })
  })
  composer.action(/^l:(?<language>en|zh)$/, async (ctx) => {
    const { replace, later, personId } = ctx.visit
    const language = ctx.match.groups?.['language'] as Language
    await changeSettings(app, personId, { language })
    const t = textsIn(language)
    replace({ text: t.html('language-set') })
    // Staff have a menu of their own, which does not follow Telegram's language.
    if ((await rolesOf(app, personId)).length > 0) later(personId, await menuCall(app, personId, t))
  })
  return composer
}
