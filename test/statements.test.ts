import { parseSync, Visitor } from 'vite'
import { expect, test } from 'vitest'
import { importsOf, placeOf, type Source, sourcesIn } from './helpers/source.ts'

/** Migrations run alone, each in a transaction of its own, from files that nobody outside writes. */
const MAY_OPEN_TRANSACTIONS = ['store/migrate.ts']

const MAY_READ_ENVIRONMENT = ['main.ts', 'cli/passalong.ts']

test('no statement of the program opens a transaction or is put together from text', async () => {
  const others = (await sourcesIn('src')).filter(
    ({ path }) => !MAY_OPEN_TRANSACTIONS.includes(path),
  )

  expect(others.flatMap(looseStatements)).toEqual([])
})

test('only main.ts and the command line read the environment', async () => {
  const others = (await sourcesIn('src')).filter(({ path }) => !MAY_READ_ENVIRONMENT.includes(path))

  expect(others.flatMap(environmentReads)).toEqual([])
})

test('deadlines follow the clock at the moment, and nothing notifies', async () => {
  const migrations = (await sourcesIn('migrations', /\.sql$/)).flatMap(statementsOfMigration)
  const store = (await sourcesIn('src/store')).flatMap(statementsOf)

  expect([...migrations, ...store].filter(isUnclocked).map(({ place }) => place)).toEqual([])
})

test("every statement on a tenant's table names the merchant", async () => {
  const migrations = await sourcesIn('migrations', /\.sql$/)
  const tenants = tenantsIn(migrations)
  const statements = [
    ...migrations
      .flatMap(statementsOfMigration)
      .filter(({ text }) => !/^\s*create (table|index|unique)/.test(text)),
    ...(await sourcesIn('src/store')).flatMap(statementsOf),
  ]

  expect(tenants).toContain('vouchers')
  expect(statements.length).toBeGreaterThan(50)
  expect(statements.flatMap((statement) => withoutMerchant(statement, tenants))).toEqual([])
})

test.each([
  'await sql.begin(async (turn) => turn`select 1`)',
  'const own = await sql.reserve()',
  'await db.orm.transaction(work)',
  'await sql.unsafe(text)',
  'await db.execute(sql.raw(text))',
  'await db.execute(sql.identifier(name))',
  'await sql`begin`',
  'await sql`  COMMIT `',
  'await sql`start transaction`',
  'await sql`savepoint a`',
])('this is reported outside migrate.ts: %s', (text) => {
  expect(looseStatements({ path: 'store/a.ts', text })).toEqual(['store/a.ts:1'])
})

test.each([
  'await sql`select "begin" from windows`',
  '// never sql.begin()',
  'const text = "sql.begin(x)"',
  'walk.beginning(1)',
])('this opens no transaction: %s', (text) => {
  expect(looseStatements({ path: 'store/a.ts', text })).toEqual([])
})

test.each([
  `const a = process.env['A']`,
  'const { env } = process',
  `import { env } from 'node:process'`,
])('this reads the environment: %s', (text) => {
  expect(environmentReads({ path: 'http/a.ts', text })).toEqual([
    expect.stringContaining('http/a.ts'),
  ])
})

test.each([
  'select 1 from shares where expires_at > now()',
  'select current_timestamp',
  'update shares set closed_at = localtimestamp',
  `notify vouchers`,
  `perform pg_notify('vouchers', '')`,
])('this is reported in SQL: %s', (text) => {
  expect(isUnclocked({ place: '', text })).toBe(true)
})

test('the clock at the moment is not reported', () => {
  expect(
    isUnclocked({ place: '', text: `select clock_timestamp() - interval '1 day' as "now"` }),
  ).toBe(false)
})

test.each([
  ['select code from vouchers where id = ?', 'vouchers'],
  [
    'select 1 from shares s join claims on claims.share_id = s.id and claims.merchant_id = ?',
    'shares',
  ],
  [
    'update vouchers v set status = ? from claims c where c.merchant_id = ? and c.id = v.claim_id',
    'vouchers',
  ],
  ['delete from outbox where id = ?', 'outbox'],
  ['insert into claims (id) values (?)', 'claims'],
])('a statement that forgets the merchant is reported: %s', (text, table) => {
  const tenants = ['vouchers', 'shares', 'claims', 'outbox']

  expect(withoutMerchant({ place: 'a.ts:1', text }, tenants)).toEqual([`a.ts:1 ${table}`])
})

test('a statement on a table of the installation needs no merchant', () => {
  expect(withoutMerchant({ place: '', text: 'select id from people' }, ['vouchers'])).toEqual([])
})

/** A piece of SQL as it stands in the code; `?` stands for what is put in. */
type Statement = { place: string; text: string }

/** Every template of SQL in a file. Fragments are looked at one by one, as they are written. */
function statementsOf(source: Source): Statement[] {
  const found: Statement[] = []
  new Visitor({
    TaggedTemplateExpression: ({ tag, quasi, start }) => {
      if (!/\bsql$/.test(source.text.slice(tag.start, tag.end))) return
      const text = quasi.quasis.map((part) => part.value.raw).join('?')
      found.push({ place: placeOf(source, start), text })
    },
  }).visit(parseSync(source.path, source.text).program)
  return found
}

/** The statements of a migration, those inside functions too; comments are left out. */
function statementsOfMigration(source: Source): Statement[] {
  const sql = source.text.replace(/--.*$/gm, (comment) => ' '.repeat(comment.length))
  let position = 0
  return sql.split(';').map((text) => {
    const place = placeOf(source, position + text.length - text.trimStart().length)
    position += text.length + 1
    return { place, text: text.trim() }
  })
}

const LOOSE_CALLS = ['begin', 'reserve', 'transaction', 'savepoint', 'unsafe', 'raw', 'identifier']
const TRANSACTION =
  /^\s*(begin|commit|rollback|start transaction|savepoint|release|prepare transaction)\b/i

function looseStatements(source: Source): string[] {
  const places = statementsOf(source)
    .filter(({ text }) => TRANSACTION.test(text))
    .map(({ place }) => place)
  new Visitor({
    CallExpression: ({ callee }) => {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
      if (LOOSE_CALLS.includes(callee.property.name)) places.push(placeOf(source, callee.start))
    },
  }).visit(parseSync(source.path, source.text).program)
  return places
}

function environmentReads(source: Source): string[] {
  const places: string[] = []
  if (importsOf(source).some((name) => /^(node:)?process$/.test(name))) places.push(source.path)
  new Visitor({
    MemberExpression: ({ object, property, start }) => {
      if (object.type !== 'Identifier' || object.name !== 'process') return
      if (property.type === 'Identifier' && property.name === 'env')
        places.push(placeOf(source, start))
    },
    VariableDeclarator: ({ init, start }) => {
      if (init?.type === 'Identifier' && init.name === 'process')
        places.push(placeOf(source, start))
    },
  }).visit(parseSync(source.path, source.text).program)
  return places
}

/** `now()` and its kind are the time before a lock was waited for; NOTIFY makes every commit wait. */
function isUnclocked({ text }: Statement): boolean {
  return /\b(now|transaction_timestamp|statement_timestamp)\s*\(|\b(current_timestamp|localtimestamp|current_date)\b|\bpg_notify\s*\(|^\s*notify\b/i.test(
    text,
  )
}

/** The tables whose key begins with the merchant. */
function tenantsIn(migrations: readonly Source[]): string[] {
  return migrations.flatMap(({ text }) =>
    [...text.matchAll(/^create table (\w+) \(\n(.*?)^\);/gms)]
      .filter((table) => /primary key \(merchant_id\b/.test(table[2] ?? ''))
      .map((table) => table[1] ?? ''),
  )
}

const REFERENCE =
  /\b(?:from|join|update|into|using)\s+(?:only\s+)?(\w+)(?:\s+(?:as\s+)?(?!set\b|on\b|where\b|order\b|group\b|left\b|cross\b|join\b|for\b|limit\b|select\b|values\b|union\b|having\b|returning\b)([a-z]\w*))?/gi

/** The tenants' tables that a statement uses and of whose merchant it says nothing. */
function withoutMerchant({ place, text }: Statement, tenants: readonly string[]): string[] {
  return [...text.matchAll(REFERENCE)]
    .filter(([, table = '']) => tenants.includes(table))
    .filter(([, table = '', alias = table]) => {
      const plain = alias === table ? `(?<!\\.)merchant_id|` : ''
      return !new RegExp(`\\b(${plain}${alias}\\.merchant_id)\\b`).test(text)
    })
    .map(([, table]) => `${place} ${table}`)
}
