import type { Language } from '../domain/views.ts'
import type { Database } from './database.ts'
import { people } from './schema/people.ts'

/**
 * Notes that a person was seen: their language unless they chose one, and whether the bot may write to
 * them (each left as it is when not said). Answers the language to speak to them, English at first.
 */
export async function touchPerson(
  db: Database,
  personId: string,
  language?: Language,
  reachable?: boolean,
): Promise<Language> {
  const [person] = await db.run(
    ({ sql }) => sql<{ language: Language }[]>`
      insert into people (id, language, reachable)
      values (${personId}, ${language ?? 'en'}, ${reachable ?? false})
      on conflict (id) do update set
        language = case
          when people.language_chosen then people.language
          else coalesce(${language ?? null}::text, people.language) end,
        reachable = coalesce(${reachable ?? null}::boolean, people.reachable),
        seen_at = clock_timestamp()
      returning language`,
  )
  return person?.language ?? 'en'
}

/** Keeps the language that a person chose, whatever Telegram says later. */
export async function chooseLanguage(
  db: Database,
  personId: string,
  language: Language,
): Promise<void> {
  const chosen = { language, languageChosen: true }
  await db.run(({ orm }) =>
    orm
      .insert(people)
      .values({ id: personId, ...chosen })
      .onConflictDoUpdate({ target: people.id, set: chosen }),
  )
}
