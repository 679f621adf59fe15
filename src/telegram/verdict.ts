import type { BotApiError } from './call.ts'

/** What the Bot API's refusal means for a message. */
export type Verdict =
  /** It shows already what it should. */
  | { kind: 'sent' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'again' }
  | { kind: 'unreachable' }
  | { kind: 'moved'; toChatId: number }
  /** The message to edit is there no more. */
  | { kind: 'gone' }
  | { kind: 'refused' }

const GONE =
  /message to edit not found|MESSAGE_ID_INVALID|message can't be edited|message to delete not found/
const NOBODY = /chat not found|user not found|PEER_ID_INVALID|group chat was deactivated/

/** Reads a refusal. Nothing that may pass of itself is taken for final. */
export function verdictOn(refusal: BotApiError): Verdict {
  const { code, message, retryAfterSeconds, migrateToChatId } = refusal
  if (migrateToChatId !== undefined) return { kind: 'moved', toChatId: migrateToChatId }
  if (code === 429) return { kind: 'wait', seconds: retryAfterSeconds ?? 1 }
  if (code === 403) return { kind: 'unreachable' }
  if (code !== 400) return { kind: 'again' }
  if (message.includes('message is not modified')) return { kind: 'sent' }
  if (GONE.test(message)) return { kind: 'gone' }
  return NOBODY.test(message) ? { kind: 'unreachable' } : { kind: 'refused' }
}
