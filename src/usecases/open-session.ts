import type { AppContext } from '../context.ts'
import { readInitData } from '../tokens/init-data.ts'
import { touchPerson } from './touch-person.ts'

export type OpenedSession = {
  session: string
  customer: { personId: string; language: string }
  /** What stood after `?startapp=`. */
  startParam?: string
}

/** Trades what Telegram signed, once, for a session of our own that lasts an hour. */
export async function openSession(app: AppContext, initData: string): Promise<OpenedSession> {
  const opener = readInitData(initData, app.bot.token, app.now())
  const personId = `telegram:${opener.userId}`
  const { language } = await touchPerson(app, {
    personId,
    language: opener.languageCode,
    ...(opener.allowsWriteToPm && { reachable: true }),
  })
  const session = app.tokens.sealSession({ personId, signedAt: opener.signedAt })
  return {
    session,
    customer: { personId, language },
    ...(opener.startParam !== undefined && { startParam: opener.startParam }),
  }
}
