import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openDatabase } from '../../src/store/database.ts'
import { openBusyShop } from '../helpers/busy-shop.ts'
import { type Operator, operator } from '../helpers/typing.ts'

let desk: Operator

beforeAll(async () => {
  desk = await operator()
  const db = openDatabase(desk.databaseUrl, { connections: 1 })
  await db.run(({ sql }) => openBusyShop(sql))
  await db.close()
})

afterAll(() => desk[Symbol.asyncDispose]())

test('an export goes to the output, and how many rows it has beside it', async () => {
  const { exitCode, out, err } = await desk.type('export', 'redemptions', '--merchant', 'south')

  expect([exitCode, err]).toEqual([0, '4 rows\n'])
  const [head, ...rows] = out.trimEnd().split('\r\n')
  expect(head).toMatch(/^redemption_id,request_id,redeemed_at,campaign,/)
  expect(rows).toHaveLength(4)
  expect(rows.join()).not.toContain('telegram:')
})

test('as JSON it has an object on each line', async () => {
  const { out } = await desk.type('export', 'ledger', '--merchant', 'north', '--format', 'json')

  const rows = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toContainEqual(
    expect.objectContaining({ cause: 'campaign', currency: 'EUR', amountMinor: 10000 }),
  )
})

test('an export goes to a new file that only its owner reads', async () => {
  const path = join(desk.dir, 'vouchers.csv')

  const written = await desk.type('export', 'vouchers', '--merchant', 'south', '--to', path)
  const again = await desk.type('export', 'vouchers', '--merchant', 'south', '--to', path)

  expect(written).toEqual({ exitCode: 0, out: '', err: '4 rows\n' })
  expect((await readFile(path, 'utf8')).split('\r\n')).toHaveLength(6)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(again.exitCode).toBe(1)
  expect(again.err).toContain('it is there already, and stays as it is.')
})

test.each([
  [['export', 'everything', '--merchant', 'south'], 2, 'Write one of vouchers, redemptions'],
  [['export', 'ledger', '--merchant', 'south', '--format', 'xml'], 2, 'Write csv or json.'],
  [['export', 'ledger'], 2, "required option '--merchant <id>'"],
  [['export', 'ledger', '--merchant', 'west-end'], 1, 'There is no merchant west-end.'],
  [['export', 'ledger', '--merchant', 'south', '--campaign', 'x'], 1, 'south has no campaign x.'],
])('%j is refused with exit code %i', async (args, exitCode, words) => {
  const answer = await desk.type(...args)

  expect(answer).toMatchObject({ exitCode, out: '' })
  expect(answer.err).toContain(words)
})

test('nothing is written where the file cannot be made', async () => {
  await writeFile(join(desk.dir, 'plain'), '')
  const path = join(desk.dir, 'plain', 'x.csv')

  const { exitCode, err } = await desk.type('export', 'ledger', '--merchant', 'south', '--to', path)

  expect(exitCode).toBe(1)
  expect(err).toContain('cannot be written')
})
