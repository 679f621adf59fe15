import { getTableConfig } from 'drizzle-orm/pg-core'
import postgres, { type Sql } from 'postgres'
import { expect, test } from 'vitest'
import * as tables from '../../src/store/schema/tables.ts'
import { testDatabase } from '../helpers/database.ts'

/** What belongs to the installation and not to one merchant, so its keys begin with something else. */
const INSTALLATION = {
  merchants: 'they are the tenants',
  people: 'a person has one language and one chat with the bot, whatever the shops',
  memberships: 'from a person to the merchants, for the wallet and for staff',
  erasures: 'a person is erased from all merchants',
  inbox: 'an update comes before anybody knows which merchant it concerns',
  link_references: 'a reference in `?start=` names no merchant',
  api_keys: 'a key is what tells the merchant',
  pooled_models: 'what new merchants begin with',
  migrations: 'what this database has seen',
}

/** `migrations` is made and read by migrate.ts, before there is any schema. */
const NOT_IN_SCHEMA = ['migrations']

test('the schema says the same as the migrations', async () => {
  await using database = await migrated()

  expect(differences(schemaLines(), await databaseLines(database.sql))).toEqual([])
})

test('a column that was renamed on one side is reported with both names', async () => {
  await using database = await migrated()
  await database.sql`alter table orders rename column total_minor to sum_minor`

  expect(differences(schemaLines(), await databaseLines(database.sql))).toEqual([
    'only in migrations: orders.sum_minor bigint not null',
    'only in src/store/schema: orders.total_minor bigint not null',
  ])
})

test.each([
  ['type', 'alter table orders alter total_minor type integer'],
  ['nullability', 'alter table orders alter country set not null'],
  ['default', 'alter table orders alter tastes drop default'],
  ['primary key', 'alter table slots drop constraint slots_pkey'],
  ['unique index', 'drop index one_voucher_per_code'],
  ['column of a key', 'alter table claims drop column scope'],
  ['list of words', 'alter domain campaign_mode drop constraint campaign_mode_check'],
  ['table', 'create table extra (merchant_id text primary key)'],
])('a different %s is reported', async (_, change) => {
  await using database = await migrated()
  await database.sql.unsafe(change)

  expect(differences(schemaLines(), await databaseLines(database.sql))).not.toEqual([])
})

test("every key of a tenant's table begins with merchant_id", async () => {
  await using database = await migrated()

  expect(await keysWithoutMerchant(database.sql)).toEqual([])
})

test('every exception from that rule is a table', async () => {
  await using database = await migrated()

  const tables = new Set((await uniqueIndexes(database.sql)).map((index) => index.table))
  expect(Object.keys(INSTALLATION).filter((table) => !tables.has(table))).toEqual([])
})

test.each([
  [
    'a unique index without the merchant',
    'create unique index bad on claims (share_id, person_id)',
  ],
  [
    'one where the merchant comes last',
    'create unique index bad on claims (share_id, merchant_id)',
  ],
  ['one over an expression', 'create unique index bad on claims (lower(person_id))'],
  ['a primary key without the merchant', 'create table wrong (id text constraint bad primary key)'],
])('%s is reported', async (_, change) => {
  await using database = await migrated()
  await database.sql.unsafe(change)

  expect(await keysWithoutMerchant(database.sql)).toEqual([expect.stringContaining('bad')])
})

function differences(schema: readonly string[], database: readonly string[]): string[] {
  return [
    ...database
      .filter((line) => !schema.includes(line))
      .map((line) => `only in migrations: ${line}`),
    ...schema
      .filter((line) => !database.includes(line))
      .map((line) => `only in src/store/schema: ${line}`),
  ]
}

/** Every table of the schema, one fact a line. */
function schemaLines(): string[] {
  return Object.values(tables).flatMap((table) => {
    const { name, columns, primaryKeys, indexes } = getTableConfig(table)
    const primary = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary)
    return [
      ...columns.map((column) =>
        columnLine(name, column.name, column.getSQLType(), column.notNull, column.hasDefault),
      ),
      ...columns
        .filter((column) => column.enumValues?.length)
        .map((column) => wordsLine(name, column.name, column.enumValues!)),
      keyLine(
        name,
        'primary key',
        primary.map((column) => column.name),
        false,
      ),
      ...indexes
        .filter(({ config }) => config.unique)
        .map(({ config }) =>
          keyLine(
            name,
            `unique ${config.name}`,
            config.columns.map((column) => ('name' in column ? column.name! : '')),
            config.where !== undefined,
          ),
        ),
    ]
  })
}

/** Every table that the migrations made, in the same words. */
async function databaseLines(sql: Sql): Promise<string[]> {
  const columns = await sql`
    select c.relname as table, a.attname as name, a.attnotnull as not_null, a.atthasdef or a.attidentity <> '' as has_default,
           format_type(case t.typtype when 'd' then t.typbasetype else a.atttypid end, a.atttypmod) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
      and not a.attisdropped and c.relname <> all (${NOT_IN_SCHEMA})`
  const words = await sql`
    select c.relname as table, a.attname as name, pg_get_constraintdef(k.oid) as definition
    from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and not a.attisdropped
    join pg_constraint k on (k.conrelid = c.oid and k.conkey = array[a.attnum]) or (k.contypid <> 0 and k.contypid = a.atttypid)
    where c.relnamespace = 'public'::regnamespace and k.contype = 'c'
      and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%'`
  const keys = await uniqueIndexes(sql)
  return [
    ...columns.map((row) =>
      columnLine(row['table'], row['name'], row['type'], row['not_null'], row['has_default']),
    ),
    ...words.map((row) =>
      wordsLine(
        row['table'],
        row['name'],
        [...row['definition'].matchAll(/'(\w+)'::text/g)].map((word) => word[1]),
      ),
    ),
    ...keys
      .filter((index) => !NOT_IN_SCHEMA.includes(index.table))
      .map((index) =>
        keyLine(
          index.table,
          index.isPrimary ? 'primary key' : `unique ${index.name}`,
          index.columns,
          index.isPartial,
        ),
      ),
  ]
}

function columnLine(
  table: string,
  name: string,
  type: string,
  notNull: boolean,
  hasDefault: boolean,
) {
  return `${table}.${name} ${type}${notNull ? ' not null' : ''}${hasDefault ? ' default' : ''}`
}

function wordsLine(table: string, name: string, words: readonly (string | undefined)[]) {
  return `${table}.${name} in (${words.join(', ')})`
}

function keyLine(table: string, kind: string, columns: readonly string[], isPartial: boolean) {
  return `${table} ${kind} (${columns.join(', ')})${isPartial ? ' partial' : ''}`
}

type UniqueIndex = {
  table: string
  name: string
  columns: string[]
  isPrimary: boolean
  isPartial: boolean
}

/** An expression in an index shows as an empty column. pg-boss has a schema of its own and is not asked. */
async function uniqueIndexes(sql: Sql): Promise<UniqueIndex[]> {
  return sql<UniqueIndex[]>`
    select t.relname as table, i.relname as name, x.indisprimary as "isPrimary", x.indpred is not null as "isPartial",
           array(
             select coalesce(a.attname, '') from unnest(x.indkey::int2[]) with ordinality as k (attnum, i)
             left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum
             order by k.i
           ) as columns
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where t.relnamespace = 'public'::regnamespace and x.indisunique
    order by t.relname, i.relname`
}

async function keysWithoutMerchant(sql: Sql): Promise<string[]> {
  return (await uniqueIndexes(sql))
    .filter((index) => !(index.table in INSTALLATION) && index.columns[0] !== 'merchant_id')
    .map((index) => `${index.name} of ${index.table} is (${index.columns.join(', ')})`)
}

async function migrated(): Promise<{ sql: Sql } & AsyncDisposable> {
  const database = await testDatabase()
  const sql = postgres(database.url, { max: 1, onnotice: () => {} })
  return {
    sql,
    [Symbol.asyncDispose]: async () => {
      await sql.end()
      await database[Symbol.asyncDispose]()
    },
  }
}
