/** What the load sends: request number n, and what comes after it. */
export type Plan = {
  /** The servers; connections are spread over them in turn. */
  ports: readonly number[]
  path: string
  connections: number
  /** Links that are asked for in turn, lap by lap: within one lap everybody asks once. */
  laps: readonly (readonly string[])[]
  /** Everybody's session; request n is from person n modulo their number. */
  sessions: readonly string[]
  /** The number of the first request. */
  first: number
  /** The number that the first lap began with. */
  origin: number
}

/** A request as it goes over the wire: its person's session and, as a proxy would say it, their address. */
export function requestNumber(n: number, plan: Plan): string {
  const people = plan.sessions.length
  const body = bodyOf(n, plan)
  if (body === undefined) return `GET ${plan.path} HTTP/1.1\r\nhost: bench\r\n\r\n`
  const person = n % Math.max(1, people)
  const session = people > 0 ? `authorization: Bearer ${plan.sessions[person]}\r\n` : ''
  return (
    `POST ${plan.path} HTTP/1.1\r\nhost: bench\r\n${session}x-forwarded-for: ${addressOf(person)}\r\n` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  )
}

/** The link of this request; nothing where the plan has none and asks with GET. */
function bodyOf(n: number, { laps, sessions, origin }: Plan): string | undefined {
  if (laps.length === 0) return undefined
  const lap = laps[Math.floor((n - origin) / Math.max(1, sessions.length)) % laps.length] ?? []
  return `{"token":"${lap[n % lap.length]}"}`
}

/** Sixty-five thousand addresses, as people at home have them. */
function addressOf(person: number): string {
  return `10.${(person >> 16) & 255}.${(person >> 8) & 255}.${person & 255}`
}
