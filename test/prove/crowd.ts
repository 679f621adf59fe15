import { setTimeout as sleep } from 'node:timers/promises'

import type { Tokens } from '../../src/tokens/tokens.ts'
import { post, type Reply, TimeoutError } from './post.ts'

/** What somebody was told and remembers. */
export type ClaimAck = {
  personId: string
  token: string
  result: string
  voucherId: string | undefined
  code: string | undefined
  valueMinor: number | undefined
}

export type SpendAck = {
  requestId: string
  outcome: string
  redemptionId: string | undefined
  amountMinor: number | undefined
  voucherId: string | undefined
}

/** Everybody who asks over HTTP, and the book of what they were answered. */
export type Crowd = {
  /** Asks until answered: after an error, no answer or `busy` it asks again. */
  claim(personId: string, token: string): Promise<ClaimAck | undefined>
  redeem(order: {
    cashier: string
    code: string
    requestId: string
    amountMinor?: number
    holdId?: string
  }): Promise<SpendAck | undefined>
  /** Answers the id of the hold; nothing when the voucher could not be held. */
  hold(order: { cashier: string; code: string; requestId: string }): Promise<string | undefined>
  rollBack(order: {
    cashier: string
    redemptionId: string
    requestId: string
    amountMinor?: number
  }): Promise<SpendAck | undefined>
  tally: CrowdTally
}

type CrowdTally = {
  answered: number
  /** Answers that never came: refused connections, 503s, connections cut. */
  failedTries: number
  /** Asks that had no answer at the end of all patience. */
  stuck: number
  /** Answers that no rule foresees, such as 500. */
  unforeseen: string[]
  longestMs: number
}

const PATIENCE_MS = 30_000
/** Whatever the fault, an answer comes within this time; the program's own deadline is one second. */
const DEADLINE_MS = 8_000

/**
 * @param port where the program is now; asked before each try
 */
export function createCrowd(tokens: Tokens, port: () => number): Crowd {
  const tally: CrowdTally = { answered: 0, failedTries: 0, stuck: 0, unforeseen: [], longestMs: 0 }
  const sessions = new Map<string, string>()

  async function sessionOf(personId: string): Promise<string> {
    const known = sessions.get(personId)
    if (known) return known
    const session = tokens.sealSession({ personId, signedAt: new Date() })
    if (sessions.size > 5000) sessions.clear()
    sessions.set(personId, session)
    return session
  }

  async function askOnce(path: string, headers: Record<string, string>, body: object) {
    const begun = performance.now()
    try {
      return await post(port(), path, headers, body, DEADLINE_MS)
    } catch (error) {
      if (error instanceof TimeoutError) tally.unforeseen.push(`no answer to ${path} in time`)
      return undefined
    } finally {
      tally.longestMs = Math.max(tally.longestMs, performance.now() - begun)
    }
  }

  async function ask(who: string, path: string, body: object): Promise<Reply | undefined> {
    const headers = { authorization: `Bearer ${await sessionOf(who)}` }
    const until = performance.now() + PATIENCE_MS
    for (let pause = 40; performance.now() < until; pause = Math.min(600, pause * 1.7)) {
      const reply = await askOnce(path, headers, body)
      if (reply && reply.status < 500 && reply.status !== 429) {
        tally.answered++
        return reply
      }
      tally.failedTries++
      if (reply && reply.status !== 503 && reply.status !== 429) {
        tally.unforeseen.push(`${path}: ${reply.status} ${String(reply.body['code'])}`)
      }
      await sleep(pause)
    }
    tally.stuck++
    return undefined
  }

  return {
    tally,
    claim: async (personId, token) => {
      const reply = await ask(personId, '/v1/claims', { token })
      if (!reply) return undefined
      if (reply.status !== 200) tally.unforeseen.push(`/v1/claims: ${String(reply.body['code'])}`)
      const { result, voucher } = reply.body as { result: string; voucher?: Told }
      return {
        personId,
        token,
        result,
        voucherId: voucher?.voucherId,
        code: voucher?.code,
        valueMinor: voucher?.valueMinor,
      }
    },
    redeem: async ({ cashier, ...body }) =>
      spendAckOf(body.requestId, await ask(cashier, '/v1/redemptions', body)),
    hold: async ({ cashier, ...body }) => {
      const reply = await ask(cashier, '/v1/holds', body)
      return (reply?.body['hold'] as { holdId: string } | undefined)?.holdId
    },
    rollBack: async ({ cashier, redemptionId, ...body }) =>
      spendAckOf(
        body.requestId,
        await ask(cashier, `/v1/redemptions/${redemptionId}/rollbacks`, body),
      ),
  }
}

type Told = { voucherId: string; code: string; valueMinor: number }

function spendAckOf(requestId: string, reply: Reply | undefined): SpendAck | undefined {
  if (!reply) return undefined
  const redemption = reply.body['redemption'] as
    | { redemptionId: string; amountMinor: number; voucher: Told }
    | undefined
  return {
    requestId,
    outcome: String(reply.body['outcome'] ?? reply.body['code']),
    redemptionId: redemption?.redemptionId,
    amountMinor: redemption?.amountMinor,
    voucherId: redemption?.voucher.voucherId,
  }
}

/** Does something for all of a list, so many at a time. */
export async function forAll<T, R>(
  list: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  async function takeTurns(): Promise<void> {
    while (next < list.length) {
      const index = next++
      results[index] = await work(list[index]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, list.length) }, takeTurns))
  return results
}
