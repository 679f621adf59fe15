import type { APIMethodParams, APIMethodReturn, APIMethods } from '@gramio/types'
import { type Telegram, TelegramError } from 'telegraf'

import { cutSecrets } from '../log.ts'
import { callWithFiles, isUpload } from './upload.ts'

/** How long the Bot API may take, and how long where a file goes along. */
const PATIENCE_MS = 10_000
const UPLOAD_PATIENCE_MS = 45_000

/** The Bot API refused a call, or did not answer: then `code` is 0. */
export class BotApiError extends Error {
  readonly code: number
  readonly retryAfterSeconds: number | undefined
  readonly migrateToChatId: number | undefined

  constructor(
    code: number,
    message: string,
    answer: { retryAfterSeconds?: number; migrateToChatId?: number } = {},
  ) {
    super(cutSecrets(message))
    this.name = 'BotApiError'
    this.code = code
    this.retryAfterSeconds = answer.retryAfterSeconds
    this.migrateToChatId = answer.migrateToChatId
  }
}

/**
 * Calls a method of the Bot API, those that Telegraf does not know included. The only error is a
 * BotApiError, and the token stands in none.
 */
export async function call<Method extends keyof APIMethods>(
  telegram: Telegram,
  method: Method,
  params: APIMethodParams<Method>,
  options: { patienceMs?: number; signal?: AbortSignal } = {},
): Promise<APIMethodReturn<Method>> {
  const given: Record<string, unknown> = { ...params }
  const hasFiles = Object.values(given).some(isUpload)
  const patienceMs = options.patienceMs ?? (hasFiles ? UPLOAD_PATIENCE_MS : PATIENCE_MS)
  const inTime = AbortSignal.timeout(patienceMs)
  const signal = options.signal ? AbortSignal.any([options.signal, inTime]) : inTime
  try {
    const result: unknown = hasFiles
      ? await callWithFiles(telegram, method, given, signal)
      : await telegram.callApi(method as never, sealed(given) as never, { signal } as never)
    return result as APIMethodReturn<Method>
  } catch (error) {
    throw botApiError(error)
  }
}

/**
 * Telegraf takes an object with a `url` or a `source` for a file and would fetch it. The Bot API takes
 * any object as its JSON text as well, and a text is fetched by nobody.
 */
function sealed(params: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ]),
  )
}

function botApiError(error: unknown): BotApiError {
  if (!(error instanceof TelegramError)) return new BotApiError(0, `No answer: ${String(error)}`)
  const { retry_after, migrate_to_chat_id } = error.parameters ?? {}
  return new BotApiError(error.code, error.description, {
    ...(retry_after !== undefined && { retryAfterSeconds: retry_after }),
    ...(migrate_to_chat_id !== undefined && { migrateToChatId: migrate_to_chat_id }),
  })
}
