import type { Language } from '../domain/views.ts'
import type { Database } from './database.ts'

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

export type Settings = {
  language: Language
  /** Whether reminders of vouchers that end are wanted. */
  reminders: boolean
  /** Off: nothing of what is known of them decides which vouchers and offers they get. */
  personal: boolean
  /** IANA name; where it is not known, a shop's zone counts. */
  zone: string | null
}

export async function settingsOf(db: Database, personId: string): Promise<Settings | undefined> {
  const [settings] = await db.run(
    ({ sql }) => sql<Settings[]>`
      select language, reminders, personal, zone from people where id = ${personId}`,
  )
  return settings
}

/**
 * Keeps what a person chose; a chosen language stays, whatever Telegram says later. Answers nothing, and
 * changes nothing, where the database knows no zone of that name.
 */
export async function changeSettings(
  db: Database,
  personId: string,
  {
    language = null,
    reminders = null,
    personal = null,
    zone,
  }: { [Name in keyof Settings]?: Settings[Name] | null },
): Promise<Settings | undefined> {
  const [settings] = await db.run(
    ({ sql }) => sql<Settings[]>`
      insert into people (id, language, language_chosen, reminders, personal, zone)
      select ${personId}, coalesce(${language}::text, 'en'), ${language !== null},
             coalesce(${reminders}::boolean, true), coalesce(${personal}::boolean, true), z.zone
      from (select ${zone ?? null}::text as zone) z
      where z.zone is null or is_zone(z.zone)
      on conflict (id) do update set
        language = coalesce(${language}::text, people.language),
        language_chosen = people.language_chosen or excluded.language_chosen,
        reminders = coalesce(${reminders}::boolean, people.reminders),
        personal = coalesce(${personal}::boolean, people.personal),
        zone = case when ${zone !== undefined} then excluded.zone else people.zone end
      returning language, reminders, personal, zone`,
  )
  return settings
}
