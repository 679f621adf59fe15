import type { AppContext } from '../context.ts'
import { chooseLanguage, type Language } from '../store/people.ts'

/** Keeps the language that a person chose. */
export async function setLanguage(
  app: AppContext,
  person: { personId: string; language: Language },
): Promise<void> {
  await chooseLanguage(app.db, person.personId, person.language)
}
