import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { createDatabase } from '../../src/store/embedded/create-database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { testDatabase } from '../helpers/database.ts'

const SHOPS = { '0001-shops.sql': 'create table shops (id int); insert into shops values (1)' }
const ORDERS = { '0002-orders.sql': 'create table orders (id int); insert into orders values (1)' }

test('a test database has every migration of the repository, and no other test sees its rows', async () => {
  await using one = await testDatabase()
  await using other = await testDatabase()
  await query(one.url, 'create table mine (id int)')

  const files = await readdir(new URL('../../migrations', import.meta.url))
  const seen = await query(other.url, 'select name from migrations order by name')
  expect(seen.map((row) => `${row['name']}.sql`)).toEqual(files.filter(isSql).sort())
  expect(await query(other.url, `select to_regclass('mine') as found`)).toEqual([{ found: null }])
  expect(await migrate(one.url)).toEqual([])
})

test('migrations run in the order of their numbers, each once', async () => {
  await using database = await emptyDatabase()
  await using first = await directoryWith(SHOPS)
  await using both = await directoryWith({ ...ORDERS, ...SHOPS, 'README.md': 'not SQL' })

  expect(await migrate(database.url, { directory: first.path })).toEqual(['0001-shops'])
  expect(await migrate(database.url, { directory: both.path })).toEqual(['0002-orders'])
  expect(await migrate(database.url, { directory: both.path })).toEqual([])
  expect(await namesIn(database.url)).toEqual(['0001-shops', '0002-orders'])
})

test('five that migrate an empty database at once apply each migration once', async () => {
  await using directory = await directoryWith({ ...SHOPS, ...ORDERS, '0003-nothing.sql': '' })
  for (let round = 0; round < 10; round++) {
    await using database = await emptyDatabase()

    const five = Array.from({ length: 5 }, () =>
      migrate(database.url, { directory: directory.path }),
    )
    const applied = (await Promise.all(five)).flat().sort()

    expect(applied).toEqual(['0001-shops', '0002-orders', '0003-nothing'])
    expect(await query(database.url, 'select id from shops')).toHaveLength(1)
  }
})

test('a migration that fails leaves nothing of itself, and those before it stay', async () => {
  await using database = await emptyDatabase()
  await using directory = await directoryWith({
    ...SHOPS,
    '0002-broken.sql': 'create table half (id int); select 1 / 0',
  })

  const failure = migrate(database.url, { directory: directory.path })

  await expect(failure).rejects.toThrow('0002-broken failed and left no trace: division by zero')
  expect(await namesIn(database.url)).toEqual(['0001-shops'])
  expect(await query(database.url, `select to_regclass('half') as found`)).toEqual([
    { found: null },
  ])
})

test.each([
  ['a gap', { ...SHOPS, '0003-late.sql': '' }, '0003-late.sql in .* must be called 0002-name.sql'],
  [
    'a double',
    { ...SHOPS, '0001-again.sql': '' },
    '0001-shops.sql .* must be called 0002-name.sql',
  ],
  ['a file called otherwise', { 'shops.sql': '' }, 'shops.sql .* must be called 0001-name.sql'],
])('%s among the files is refused before anything is run', async (_, files, message) => {
  await using database = await emptyDatabase()
  await using directory = await directoryWith(files)

  const refusal = migrate(database.url, { directory: directory.path })

  await expect(refusal).rejects.toThrow(new RegExp(message))
  expect(await query(database.url, `select to_regclass('shops') as found`)).toEqual([
    { found: null },
  ])
})

test('a database that has seen a migration which is no longer there is refused', async () => {
  await using database = await emptyDatabase()
  await using newer = await directoryWith({ ...SHOPS, ...ORDERS })
  await using older = await directoryWith(SHOPS)
  await migrate(database.url, { directory: newer.path })

  const refusal = migrate(database.url, { directory: older.path })

  await expect(refusal).rejects.toThrow(
    'has applied 0002-orders, but here the next migration is none',
  )
})

test('creating a database that exists, even at the same moment, is no error', async () => {
  const name = `passalong_twice_${process.pid}`
  const twice = [createDatabase(adminUrl(), name), createDatabase(adminUrl(), name)]
  const [url, sameUrl] = await Promise.all(twice)
  await createDatabase(adminUrl(), name)

  expect(sameUrl).toBe(url)
  expect(await query(url!, 'select current_database() as name')).toEqual([{ name }])
  await query(adminUrl(), `drop database ${name}`)
})

function adminUrl(): string {
  return inject('cluster').adminUrl
}

test('what offers asked of orders before there were rules goes on as a rule', async () => {
  await using database = await emptyDatabase()
  const all = new URL('../../migrations/', import.meta.url)
  const names = (await readdir(all)).filter((name) => isSql(name) && name < '0010')
  const files = names.map(async (name) => [name, await readFile(new URL(name, all), 'utf8')])
  await using before = await directoryWith(Object.fromEntries(await Promise.all(files)))
  await migrate(database.url, { directory: before.path })
  await query(
    database.url,
    `insert into merchants (id, name, currency) values ('m', 'Shop', 'GBP');
     insert into campaigns (
       merchant_id, id, name, mode, currency, starts_at, ends_at, budget_minor, slots_per_share,
       share_ttl_seconds, valid_days
     ) values ('m', 'c', 'Spring', 'matched', 'GBP', '2026-01-01', '2027-01-01', 1, 1, 60, 1);
     insert into offers (merchant_id, id, campaign_id, title, fits) values
       ('m', '1', 'c', 'a', '{}'),
       ('m', '2', 'c', 'b', '{"minTotalMinor": 1000}'),
       ('m', '3', 'c', 'c', '{"storeIds": ["s"], "categories": ["tea"], "maxTotalMinor": 9}')`,
  )

  await migrate(database.url)

  expect(await query(database.url, 'select rule from offers order by id')).toEqual([
    { rule: null },
    { rule: { amountMinor: { from: 1000 } } },
    { rule: { all: [{ amountMinor: { to: 9 } }, { categories: ['tea'] }, { storeIds: ['s'] }] } },
  ])
})

async function emptyDatabase(): Promise<{ url: string } & AsyncDisposable> {
  const name = `passalong_empty_${Math.random().toString(36).slice(2)}`
  return {
    url: await createDatabase(adminUrl(), name),
    [Symbol.asyncDispose]: async () => {
      await query(adminUrl(), `drop database ${name} with (force)`)
    },
  }
}

async function directoryWith(
  files: Record<string, string>,
): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'passalong-migrations-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

async function namesIn(url: string): Promise<unknown[]> {
  const rows = await query(url, 'select name from migrations order by name')
  return rows.map((row) => row['name'])
}

async function query(url: string, text: string): Promise<postgres.Row[]> {
  const sql = postgres(url, { max: 1, prepare: false })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}

function isSql(file: string): boolean {
  return file.endsWith('.sql')
}
