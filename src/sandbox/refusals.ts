/** An answer of Telegram's other than ok, in Telegram's own words. */
export class Refusal extends Error {
  readonly code: number
  /** The call was wrong in itself, whatever the state of the world. */
  readonly violation: boolean
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined

  constructor(
    code: number,
    description: string,
    options: { violation?: boolean; parameters?: Refusal['parameters'] } = {},
  ) {
    super(description)
    this.name = 'Refusal'
    this.code = code
    this.violation = options.violation ?? false
    this.parameters = options.parameters
  }
}

/** A person cannot do this in their client: a mistake of whoever calls `/sim`, not of the bot. */
export class Impossible extends Error {
  override name = 'Impossible'
}

/** The call is well formed, but not possible now. */
export function refused(words: string): Refusal {
  return new Refusal(400, `Bad Request: ${words}`)
}

export function forbidden(words: string): Refusal {
  return new Refusal(403, `Forbidden: ${words}`)
}

/** The call is wrong in itself, and Telegram says so in these words. */
export function misused(words: string): Refusal {
  return new Refusal(400, `Bad Request: ${words}`, { violation: true })
}

/** Wrong according to the documentation, though Telegram would let it pass or ignore it. */
export function stricter(words: string): Refusal {
  return new Refusal(400, `Bad Request: [sandbox] ${words}`, { violation: true })
}

/** Right, but not played here. */
export function notPlayed(what: string): Refusal {
  return new Refusal(501, `Not Implemented: [sandbox] ${what} is not played here`)
}

export function tooMany(retryAfter: number): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${retryAfter}`, {
    parameters: { retry_after: retryAfter },
  })
}

export function conflict(words: string): Refusal {
  return new Refusal(409, `Conflict: ${words}`)
}
