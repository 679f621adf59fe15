/**
 * Why a request brought no answer:
 * `unreachable` no connection, or too slow · `signed_out` Telegram's data are too old even after
 * trading them again · `busy` asked too often, or the server is full · `refused` the server said
 * no, and `code` says why · `broken` anything else.
 */
export type ProblemKind = 'unreachable' | 'signed_out' | 'busy' | 'refused' | 'broken'

export class ApiProblem extends Error {
  readonly kind: ProblemKind
  /** The stable code of the API; empty when nobody answered. */
  readonly code: string
  readonly status: number
  /** How long the server asks to wait; 0 when it does not say. */
  readonly retryAfterSeconds: number

  constructor(kind: ProblemKind, about: Partial<Omit<ApiProblem, 'kind'>> = {}) {
    super(about.message ?? kind, { cause: about.cause })
    this.name = 'ApiProblem'
    this.kind = kind
    this.code = about.code ?? ''
    this.status = about.status ?? 0
    this.retryAfterSeconds = about.retryAfterSeconds ?? 0
  }
}

/** Whatever was thrown, as a problem that a screen can show. */
export function asProblem(thrown: unknown): ApiProblem {
  return thrown instanceof ApiProblem ? thrown : new ApiProblem('broken', { cause: thrown })
}

/** What an answer other than 2xx says, whether or not it is problem+json. */
export async function problemOf(reply: Response): Promise<ApiProblem> {
  const body = await jsonOf(reply)
  return new ApiProblem(kindOf(reply.status), {
    status: reply.status,
    code: textOf(body, 'code'),
    message: textOf(body, 'title'),
    retryAfterSeconds: secondsOf(reply.headers.get('retry-after')),
  })
}

function kindOf(status: number): ProblemKind {
  if (status === 401) return 'signed_out'
  if (status === 429 || status === 503) return 'busy'
  return status >= 400 && status < 500 ? 'refused' : 'broken'
}

async function jsonOf(reply: Response): Promise<unknown> {
  try {
    return await reply.json()
  } catch {
    return undefined // a proxy's page of HTML: the status alone has to do
  }
}

function textOf(body: unknown, name: 'code' | 'title'): string {
  if (typeof body !== 'object' || body === null) return ''
  const value: unknown = Reflect.get(body, name)
  return typeof value === 'string' ? value : ''
}

function secondsOf(header: string | null): number {
  return header && /^\d{1,6}$/.test(header) ? Number(header) : 0
}
