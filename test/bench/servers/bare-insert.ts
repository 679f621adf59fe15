import fastify from 'fastify'
import postgres from 'postgres'

import type { Built, Ground } from './server.ts'

/** As many connections as the product has by default. */
export const CONNECTIONS = 10

export const BODY = {
  type: 'object',
  required: ['token'],
  additionalProperties: false,
  properties: { token: { type: 'string' } },
}

/** One INSERT of one row per request, with the product's driver and as many connections. */
export async function bareInsert({ environment }: Ground): Promise<Built> {
  const sql = postgres(environment['DATABASE_URL'] ?? '', { max: CONNECTIONS })
  await sql`create table if not exists bench_rows (
    id bigint generated always as identity primary key,
    words text not null,
    added_at timestamptz not null default clock_timestamp()
  )`
  const http = fastify()
  http.post<{ Body: { token: string } }>('/rows', { schema: { body: BODY } }, async (request) => {
    const [row] =
      await sql`insert into bench_rows (words) values (${request.body.token}) returning id`
    return { id: row?.['id'] }
  })
  return { http, close: () => sql.end() }
}
