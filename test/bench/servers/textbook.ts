import fastify, { type FastifyRequest } from 'fastify'
import postgres from 'postgres'

import { newCode, newId } from '../../../src/ids.ts'
import { createTokens, type Tokens } from '../../../src/tokens/tokens.ts'
import { BODY, CONNECTIONS } from './bare-insert.ts'
import type { Built, Ground } from './server.ts'

/**
 * The claim as one writes it first: a transaction around the share's lock, with the product's own
 * session and token checks. No ledger, no outbox, no decision, no limits: it only counts.
 */
export async function textbook({ environment }: Ground): Promise<Built> {
  const sql = postgres(environment['DATABASE_URL'] ?? '', { max: CONNECTIONS })
  const tokens = createTokens(environment['TOKEN_KEYS'] ?? '', () => new Date())
  await createTables(sql)
  const http = fastify()
  http.post<{ Body: { token: string } }>('/claims', { schema: { body: BODY } }, async (request) => {
    const { shareId, personId } = await checked(tokens, request)
    return sql.begin(async (turn) => {
      const [share] =
        await turn`select slots, taken from textbook_shares where id = ${shareId} for update`
      if (!share || share['taken'] >= share['slots']) return { result: 'exhausted' }
      const [claim] = await turn`insert into textbook_claims (id, share_id, person_id)
        values (${newId('clm')}, ${shareId}, ${personId}) on conflict do nothing returning id`
      if (!claim) return { result: 'repeated' }
      const voucher = { id: newId('vch'), claim_id: claim['id'], code: newCode(), value_minor: 500 }
      await turn`insert into textbook_vouchers ${turn(voucher)}`
      await turn`update textbook_shares set taken = taken + 1 where id = ${shareId}`
      return { result: 'allocated', voucher }
    })
  })
  return { http, close: () => sql.end() }
}

/** The same checks as in the product: who asks, and for what. */
export async function checked(
  tokens: Tokens,
  { headers, body }: FastifyRequest<{ Body: { token: string } }>,
): Promise<{ shareId: string; personId: string }> {
  const { personId } = tokens.openSession(headers.authorization?.slice('Bearer '.length) ?? '')
  const { shareId } = await tokens.openShare(body.token)
  return { shareId, personId }
}

async function createTables(sql: postgres.Sql): Promise<void> {
  await sql`create table if not exists textbook_shares (
    id text primary key, slots integer not null, taken integer not null default 0
  )`
  await sql`create table if not exists textbook_claims (
    id text primary key, share_id text not null references textbook_shares (id),
    person_id text not null, claimed_at timestamptz not null default clock_timestamp(),
    unique (share_id, person_id)
  )`
  await sql`create table if not exists textbook_vouchers (
    id text primary key, claim_id text not null unique references textbook_claims (id),
    code text not null unique, value_minor bigint not null,
    issued_at timestamptz not null default clock_timestamp()
  )`
}
