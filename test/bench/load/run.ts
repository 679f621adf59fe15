import { type Answer, type Connection, openConnection } from './connection.ts'
import { type Plan, requestNumber } from './request.ts'

/** When a run is over: after a time, or after so many requests. All that was asked is waited for. */
export type Until = { seconds: number } | { requests: number }

export type Tally = {
  requests: number
  /** Answers within the time, by the time. */
  perSecond: number
  /** Until the last answer was there. */
  seconds: number
  /** How often each result (of a claim) or status (of everything else) was answered. */
  results: Record<string, number>
  errors: string[]
  milliseconds: { p50: number; p90: number; p99: number; max: number; mean: number }
}

/** Connections that are kept from run to run. */
export type Load = { run(until: Until): Promise<Tally>; close(): void }

const AT_ONCE = 200
/** So long after the end, or without one after the start, what is missing will not come. */
const PATIENCE_MS = 120_000
const NOTHING_ASKED = 0

/** Opens all connections of a plan. */
export async function openLoad(plan: Plan): Promise<Load> {
  let next = plan.first
  let current: Run | undefined
  const connections: Connection[] = []

  async function open(i: number): Promise<void> {
    const port = plan.ports[i % plan.ports.length] ?? 0
    const connection = await openConnection(
      port,
      (answer) => current?.answered(i, answer),
      (error) => current?.broken(i, error),
    )
    connections[i] = connection
  }
  /** Opens what is not open: at first all, later what the server has closed meanwhile. */
  async function openAll(): Promise<void> {
    const closed = Array.from({ length: plan.connections }, (_, i) => i).filter(
      (i) => !connections[i]?.isOpen(),
    )
    while (closed.length > 0) await Promise.all(closed.splice(0, AT_ONCE).map(open))
  }
  await openAll()

  return {
    run: async (until) => {
      await openAll()
      current = startRun(connections, until, () => requestNumber(next++, plan))
      const tally = await current.done
      current = undefined
      return tally
    },
    close: () => {
      for (const connection of connections) connection.close()
    },
  }
}

type Run = {
  done: Promise<Tally>
  answered(i: number, answer: Answer): void
  broken(i: number, error: Error): void
}

function startRun(connections: readonly Connection[], until: Until, request: () => string): Run {
  const most = 'requests' in until ? until.requests : Number.POSITIVE_INFINITY
  const end = 'seconds' in until ? until.seconds * 1000 : Number.POSITIVE_INFINITY
  const { promise: done, resolve } = Promise.withResolvers<Tally>()
  const askedAt = new Float64Array(connections.length)
  const took: number[] = []
  const results: Record<string, number> = {}
  const errors: string[] = []
  const startedAt = performance.now()
  const forever = (Number.isFinite(end) ? end : 0) + PATIENCE_MS
  const patience = setTimeout(() => {
    errors.push(`${open} answers never came`)
    finish()
  }, forever)
  let asked = 0
  let open = 0
  let inTime = 0

  function ask(i: number): void {
    asked++
    open++
    askedAt[i] = performance.now()
    connections[i]?.ask(request())
  }
  function finish(): void {
    clearTimeout(patience)
    const seconds = (performance.now() - startedAt) / 1000
    const counted = end === Number.POSITIVE_INFINITY ? seconds : end / 1000
    resolve({
      requests: took.length,
      perSecond: inTime / counted,
      seconds,
      results,
      errors: errors.slice(0, 20),
      milliseconds: spreadOf(took),
    })
  }
  function answered(i: number, answer: Answer): void {
    const now = performance.now()
    took.push(now - (askedAt[i] ?? now))
    askedAt[i] = NOTHING_ASKED
    const result = resultOf(answer)
    results[result] = (results[result] ?? 0) + 1
    open--
    if (now - startedAt <= end) inTime++
    if (now - startedAt < end && asked < most) ask(i)
    else if (open === 0) finish()
  }
  function broken(i: number, error: Error): void {
    if (askedAt[i] === NOTHING_ASKED) return
    askedAt[i] = NOTHING_ASKED
    errors.push(error.message)
    open--
    if (open === 0) finish()
  }

  for (let i = 0; i < connections.length && asked < most; i++) ask(i)
  return { done, answered, broken }
}

/** `allocated`, `repeated` … for a claim; else the status and, for a problem, its code. */
function resultOf({ status, body }: Answer): string {
  const found = /"(?:result|code)":"(\w+)"/.exec(body)?.[1]
  if (status !== 200) return found ? `${status} ${found}` : String(status)
  return /"result":"(\w+)"/.exec(body)?.[1] ?? '200'
}

function spreadOf(took: number[]): Tally['milliseconds'] {
  const sorted = Float64Array.from(took).sort()
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length)
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1), mean }
}
