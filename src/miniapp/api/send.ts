import { ApiProblem, problemOf } from './problem.ts'

/** One request to our own server, without the session. */
export type Ask = {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  body?: object
  /** For a write that has no natural key: the same key gets the first answer. */
  key?: string
}

export type Line = {
  /** Where the server is, without a slash at the end; empty for the page's own origin. */
  base: string
  deadlineMs: number
  /** Pauses before the server is asked again. */
  wait: (milliseconds: number) => Promise<void>
}

const TRIES_WHEN_FULL = 3
const LONGEST_PAUSE_SECONDS = 5

/**
 * Sends and answers with the parsed body. A server that is full (503) is asked again, twice, after
 * the pause it names and a little chance, so that a whole group does not come back at once. All our
 * writes may be repeated. Everything else that is not an answer is thrown as an ApiProblem.
 */
export async function send(line: Line, ask: Ask, session?: string): Promise<unknown> {
  for (let left = TRIES_WHEN_FULL - 1; ; left--) {
    const reply = await reach(line, ask, session)
    if (reply.ok) return bodyOf(reply)
    const problem = await problemOf(reply)
    if (problem.status !== 503 || left === 0) throw problem
    const seconds = Math.min(problem.retryAfterSeconds || 1, LONGEST_PAUSE_SECONDS)
    await line.wait(seconds * 1000 * (1 + Math.random() / 2))
  }
}

async function reach(line: Line, ask: Ask, session?: string): Promise<Response> {
  const { method, path, body, key } = ask
  try {
    return await fetch(line.base + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...(session && { authorization: `Bearer ${session}` }),
        ...(key && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(line.deadlineMs),
    })
  } catch (cause) {
    throw new ApiProblem('unreachable', { cause })
  }
}

async function bodyOf(reply: Response): Promise<unknown> {
  try {
    return await reply.json()
  } catch (cause) {
    throw new ApiProblem('broken', { status: reply.status, cause })
  }
}
