import type { AppContext } from '../context.ts'
import type { Language } from '../domain/views.ts'
import { chooseLanguage } from '../store/people.ts'

/** Keeps the language that a person chose. */
export async function setLanguage(
  app: AppContext,
  person: { personId: string; language: Language },
): Promise<void> {
  await chooseLanguage(app.db, person.personId, person.language)
}
