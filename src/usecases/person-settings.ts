import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import {
  changeSettings as change,
  type Settings,
  settingsOf as storedSettingsOf,
} from '../store/people.ts'

/** What a person chose; of somebody who was never here what is usual. */
export async function settingsOf(app: AppContext, personId: string): Promise<Settings> {
  return (
    (await storedSettingsOf(app.db, personId)) ?? {
      language: 'en',
      reminders: true,
      personal: true,
      zone: null,
    }
  )
}

/** Changes what is named and leaves the rest; a zone of null is forgotten. */
export async function changeSettings(
  app: AppContext,
  personId: string,
  { zone, ...others }: Partial<Settings>,
): Promise<Settings> {
  const isNamed = zone !== undefined && zone !== null
  const settings = await change(app.db, personId, {
    ...others,
    ...(zone !== undefined && { zone: isNamed ? zoneOf(zone) : null }),
  })
  if (!settings) throw unknownZone()
  return settings
}

/** A zone by its usual name. */
function zoneOf(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch (cause) {
    throw unknownZone(cause)
  }
}

function unknownZone(cause?: unknown): AppError {
  return new AppError('ERR_REQUEST_INVALID', 'zone must be a time zone such as Europe/London.', {
    cause,
  })
}
