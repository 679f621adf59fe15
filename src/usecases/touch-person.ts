import type { AppContext } from '../context.ts'
import type { Language } from '../domain/views.ts'
import { touchPerson as touch } from '../store/people.ts'

/** Notes that a person was seen and answers the language to speak to them: theirs if we have it, else English. */
export async function touchPerson(
  app: AppContext,
  person: { personId: string; language?: string | undefined; reachable?: boolean },
): Promise<{ language: Language }> {
  return {
    language: await touch(
      app.db,
      person.personId,
      person.language === undefined ? undefined : languageOf(person.language),
      person.reachable,
    ),
  }
}

/** Ours of a language tag such as `zh-hans`. */
function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
