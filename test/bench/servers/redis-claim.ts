import fastify from 'fastify'
import { Redis } from 'ioredis'
import postgres from 'postgres'

import { newCode, newId } from '../../../src/ids.ts'
import { createTokens } from '../../../src/tokens/tokens.ts'
import { BODY, CONNECTIONS } from './bare-insert.ts'
import type { Built, Ground } from './server.ts'
import { checked } from './textbook.ts'

const CLAIM = `
  if redis.call('sadd', KEYS[2], ARGV[1]) == 0 then return 'repeated' end
  local amount = redis.call('rpop', KEYS[1])
  if not amount then return 'exhausted' end
  return amount`

type Row = { id: string; share_id: string; person_id: string; code: string; value_minor: number }

/**
 * The usual flash sale: one Lua script over a list of amounts and a set of people, and the row in
 * PostgreSQL some time after the answer. A crash in between loses it.
 */
export async function redisClaim({ environment, redisPort }: Ground): Promise<Built> {
  const sql = postgres(environment['DATABASE_URL'] ?? '', { max: CONNECTIONS })
  const redis = new Redis(redisPort ?? 0, { enableAutoPipelining: true })
  const tokens = createTokens(environment['TOKEN_KEYS'] ?? '', () => new Date())
  await sql`create table if not exists redis_claims (
    id text primary key, share_id text not null, person_id text not null, code text not null unique,
    value_minor bigint not null, claimed_at timestamptz not null default clock_timestamp(),
    unique (share_id, person_id)
  )`
  const writer = startWriter(sql)
  redis.defineCommand('claim', { numberOfKeys: 2, lua: CLAIM })
  const scripted = redis as Redis & {
    claim(amounts: string, people: string, person: string): Promise<string>
  }
  const http = fastify()
  http.post<{ Body: { token: string } }>('/claims', { schema: { body: BODY } }, async (request) => {
    const { shareId, personId } = await checked(tokens, request)
    const amount = await scripted.claim(`amounts:${shareId}`, `people:${shareId}`, personId)
    if (amount === 'repeated' || amount === 'exhausted') return { result: amount }
    const row = {
      id: newId('vch'),
      share_id: shareId,
      person_id: personId,
      code: newCode(),
      value_minor: Number(amount),
    }
    writer.add(row)
    return { result: 'allocated', voucher: row }
  })
  const close = async () => {
    await writer.idle()
    redis.disconnect()
    await sql.end()
  }
  return { http, close }
}

/** Writes what waits, one statement after the other. */
function startWriter(sql: postgres.Sql): { add(row: Row): void; idle(): Promise<void> } {
  const waiting: Row[] = []
  let writing: Promise<void> | undefined
  async function write(): Promise<void> {
    while (waiting.length > 0) await sql`insert into redis_claims ${sql(waiting.splice(0, 1000))}`
    writing = undefined
  }
  return {
    add: (row) => {
      waiting.push(row)
      writing ??= write()
    },
    idle: async () => writing,
  }
}
