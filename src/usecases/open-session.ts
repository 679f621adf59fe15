import type { AppContext } from '../context.ts'
import type { RoleAtMerchant } from '../domain/views.ts'
import { readInitData } from '../tokens/init-data.ts'
import { rolesOf } from './staff-roles.ts'
import { touchPerson } from './touch-person.ts'

export type OpenedSession = {
  session: string
  customer: { personId: string; language: string }
  /** Where this person works; what they may do is looked up again with every request. */
  roles: RoleAtMerchant[]
  /** What stood after `?startapp=`. */
  startParam?: string
}

/** Trades what Telegram signed, once, for a session of our own that lasts an hour. */
export async function openSession(app: AppContext, initData: string): Promise<OpenedSession> {
  const opener = readInitData(initData, app.bot.token, app.now())
  const personId = `telegram:${opener.userId}`
  const [{ language }, roles] = await Promise.all([
    touchPerson(app, {
      personId,
      language: opener.languageCode,
      ...(opener.allowsWriteToPm && { reachable: true }),
    }),
    rolesOf(app, personId),
  ])
  const session = app.tokens.sealSession({ personId, signedAt: opener.signedAt })
  return {
    session,
    customer: { personId, language },
    roles,
    ...(opener.startParam !== undefined && { startParam: opener.startParam }),
  }
}
