import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { impurities, keptState } from './helpers/purity.ts'
import { importsOf, type Source, sourcesIn } from './helpers/source.ts'

/**
 * Which way the arrows go. A file may import what is in its own row and what stands here: rows, or
 * single files of another row, and then `because` says why. Packages have homes: one that stands in no
 * row may be imported nowhere. Node's own modules are at home everywhere but in domain and matching.
 */
type Row = { imports?: string[]; packages?: string[]; because?: Record<string, string> }

const MAY_IMPORT: Record<string, Row> = {
  domain: {},
  matching: {},
  tokens: { imports: ['domain', 'errors.ts'], packages: ['jose'] },
  store: { imports: ['domain', 'matching', 'errors.ts'], packages: ['drizzle-orm', 'postgres'] },
  orders: { imports: ['domain', 'errors.ts'], packages: ['csv-parse', 'typebox'] },
  usecases: { imports: ['domain', 'matching', 'tokens', 'store', 'orders', 'wiring'] },
  pictures: { packages: ['satori', '@resvg/resvg-js', 'uqr'] },
  telegram: {
    imports: ['domain', 'usecases', 'pictures', 'wiring'],
    packages: ['telegraf', '@fluent/bundle', '@gramio/types', 'rate-limiter-flexible'],
    because: {
      'store/code-posts.ts': 'the messages about codes that its worker edits',
      'store/inbox.ts': 'the queue of updates that its worker drains',
      'store/outbox.ts': 'the queue of messages that its worker drains',
      'store/share-posts.ts': 'the messages in chats that its worker edits',
    },
  },
  http: {
    imports: ['domain', 'usecases', 'pictures', 'wiring'],
    packages: ['fastify', '@fastify/*', 'fastify-metrics', 'helmet', 'typebox', 'ioredis'],
    because: {
      'orders/source.ts': 'an order that is pushed is an order like those of every source',
    },
  },
  jobs: { imports: ['usecases', 'wiring'], packages: ['pg-boss'] },
  simulate: {
    imports: ['domain', 'matching', 'usecases', 'open-app.ts', 'wiring'],
    because: {
      'store/aging.ts': 'days pass there by moving the past',
      'store/database.ts': 'a long past takes longer to move than a request may take',
      'store/decisions.ts': 'what the model expected is held against the truth',
      'store/embedded/create-database.ts': 'it plays in a database of its own',
      'store/embedded/start-embedded.ts': 'on a server of its own',
    },
  },
  cli: {
    imports: [
      'domain',
      'usecases',
      'orders',
      'simulate',
      'open-app.ts',
      'settings-table.ts',
      'wiring',
    ],
    packages: ['commander', 'cli-progress'],
    because: {
      'tokens/key-ring.ts': 'it makes new keys',
      '../package.json': 'the version that `--version` prints',
    },
  },
  sandbox: {
    imports: ['domain', 'usecases', 'simulate', 'wiring'],
    packages: ['fastify', '@gramio/types', 'uqr'],
    because: {
      'orders/source.ts': 'the shop to play with makes its own orders',
      'store/merchants.ts': 'only an empty database gets that shop',
      'http/server.ts': 'its pages are routes of the same server',
      'http/static.ts': 'and are served as the Mini App is',
    },
  },
  'sandbox/page': {
    packages: ['preact', '@preact/*', 'vite'],
    because: {
      'sandbox/sim.ts': 'the types of what the simulated Telegram answers',
      'sandbox/links.ts': 'one reading of links on both sides',
    },
  },
  miniapp: {
    imports: ['domain'],
    packages: ['preact', '@preact/*', '@tma.js/*', 'uqr', 'vite'],
  },
  'config.ts': { packages: ['env-schema', 'typebox'] },
  'context.ts': {
    imports: ['config.ts', 'matching', 'recent.ts', 'store', 'tokens', 'together.ts'],
    packages: ['pino'],
  },
  'errors.ts': {},
  'ids.ts': { imports: ['domain'] },
  'log.ts': { packages: ['pino', 'pino-pretty'] },
  'recent.ts': {},
  'seed.ts': {},
  'csv.ts': { packages: ['csv-stringify'] },
  'together.ts': { imports: ['errors.ts'] },
  'worker.ts': {},
  'secrets.ts': { imports: ['tokens', 'config.ts'] },
  'settings-table.ts': { imports: ['config.ts'] },
  'open-app.ts': { imports: ['store', 'tokens', 'secrets.ts', 'wiring'], packages: ['pino'] },
  'main.ts': {
    imports: ['telegram', 'http', 'jobs', 'sandbox', 'open-app.ts', 'secrets.ts', 'wiring'],
    packages: ['close-with-grace'],
  },
}

/** What `wiring` stands for in the table. */
const WIRING = [
  'config.ts',
  'context.ts',
  'csv.ts',
  'errors.ts',
  'ids.ts',
  'log.ts',
  'recent.ts',
  'seed.ts',
  'together.ts',
  'worker.ts',
]

const PURE = ['domain', 'matching']

test('every import follows the arrows', async () => {
  expect((await sourcesIn('src')).flatMap(strayImports)).toEqual([])
})

test('every row of the table has files', async () => {
  const homes = new Set((await sourcesIn('src')).map(({ path }) => homeOf(path)))

  expect(Object.keys(MAY_IMPORT).filter((row) => !homes.has(row))).toEqual([])
})

test('every exception is still needed', async () => {
  expect(idleExceptions(await sourcesIn('src'))).toEqual([])
})

test('domain and matching await nothing and know neither clock nor chance', async () => {
  const pure = (await sourcesIn('src')).filter(({ path }) => PURE.includes(homeOf(path) ?? ''))

  expect(pure).not.toEqual([])
  expect(pure.flatMap(impurities)).toEqual([])
})

test('no module keeps state', async () => {
  expect((await sourcesIn('src')).flatMap(keptState)).toEqual([])
})

test('src/README.md prints the arrows as they are', async () => {
  const readme = await readFile(new URL('../src/README.md', import.meta.url), 'utf8')

  expect(readme.slice(readme.indexOf(TABLE_HEAD))).toBe(printed(MAY_IMPORT))
})

test.each([
  ['domain/a.ts', `import type { Sql } from 'postgres'`],
  ['domain/a.ts', `import { randomInt } from 'node:crypto'`],
  ['domain/a.ts', `import { AppError } from '../errors.ts'`],
  ['matching/a.ts', `import { code } from '../domain/code.ts'`],
  ['store/a.ts', `import { claimShare } from '../usecases/claim-share.ts'`],
  ['store/a.ts', `import { SignJWT } from 'jose'`],
  ['usecases/a.ts', `import { sql } from 'drizzle-orm'`],
  ['usecases/a.ts', `export * from '../http/app.ts'`],
  ['usecases/a.ts', `type Server = import('fastify').FastifyInstance`],
  ['telegram/a.ts', `import { buildHttp } from '../http/app.ts'`],
  ['telegram/a.ts', `import { claimVouchers } from '../store/claims.ts'`],
  ['http/a.ts', `import { drawShare } from '../telegram/draw/share.ts'`],
  ['http/a.ts', `const { Telegraf } = await import('telegraf')`],
  ['jobs/a.ts', `import '../telegram/outbox-worker.ts'`],
  ['cli/a.ts', `import { PgBoss } from 'pg-boss'`],
  ['sandbox/page/a.tsx', `import { world } from '../world.ts'`],
  ['miniapp/a.tsx', `import { ids } from '../ids.ts'`],
  ['config.ts', `import { left } from 'left-pad'`],
  ['main.ts', `import { testDatabase } from '../test/helpers/database.ts'`],
  ['utils/a.ts', `import { code } from '../domain/code.ts'`],
  ['helper.ts', ''],
])('a stray import in %s is reported: %s', (path, text) => {
  expect(strayImports({ path, text })).toEqual([expect.stringContaining(path)])
})

test.each([
  ['domain/a.ts', `import { code } from './code.ts'`],
  ['store/a.ts', `import { eq } from 'drizzle-orm/pg-core'`],
  ['telegram/a.ts', `import { leaseUpdates } from '../store/inbox.ts'`],
  ['http/a.ts', `import helmet from 'helmet'`],
  ['log.ts', `// import { claimShare } from './usecases/claim-share.ts'`],
])('what is allowed in %s is not reported: %s', (path, text) => {
  expect(strayImports({ path, text })).toEqual([])
})

test('an exception that nobody uses is reported', () => {
  expect(idleExceptions([{ path: 'jobs/a.ts', text: '' }])).toContain(
    'telegram no longer needs store/inbox.ts',
  )
})

test.each([
  'export const a = async () => await b',
  'for await (const a of b) c(a)',
  'const at = Date.now()',
  'const at = new Date()',
  'const at = Temporal.Now.instant()',
  'const draw = Math.random()',
  'const id = crypto.randomUUID()',
  `const level = process.env['LEVEL']`,
  'setTimeout(a, 1)',
])('in domain this is reported: %s', (text) => {
  expect(impurities({ path: 'domain/a.ts', text })).toEqual(['domain/a.ts:1'])
})

test('a given date is no clock', () => {
  expect(impurities({ path: 'domain/a.ts', text: 'const day = new Date(at)' })).toEqual([])
})

test.each(['let known = 0', 'var known = 0', 'export let known: string | undefined'])(
  'state of a module is reported: %s',
  (text) => {
    expect(keptState({ path: 'store/a.ts', text })).toEqual(['store/a.ts:1'])
  },
)

test('a variable inside a function is not the state of a module', () => {
  expect(keptState({ path: 'store/a.ts', text: 'function a() { let b = 0; return b }' })).toEqual(
    [],
  )
})

/** The row that a file belongs to: the nearest folder, or the file itself. */
function homeOf(path: string): string | undefined {
  const rows = Object.keys(MAY_IMPORT).filter((row) => path === row || path.startsWith(`${row}/`))
  return rows.sort((a, b) => b.length - a.length)[0]
}

function strayImports(source: Source): string[] {
  const home = homeOf(source.path)
  if (!home) return [`${source.path} stands in no row of the table`]
  return importsOf(source)
    .filter((specifier) => !mayImport(home, source.path, specifier))
    .map((specifier) => `${source.path} imports ${specifier}`)
}

function mayImport(home: string, path: string, specifier: string): boolean {
  const { imports = [], packages = [], because = {} } = MAY_IMPORT[home]!
  if (specifier.startsWith('node:')) return !PURE.includes(home)
  if (!specifier.startsWith('.')) return packages.some((name) => isPart(specifier, name))
  const target = targetOf(path, specifier)
  const there = homeOf(target)
  if (there === home || target in because) return true
  return imports.includes(there ?? '') || (imports.includes('wiring') && WIRING.includes(target))
}

/** Whether a specifier is of a package (`typebox`, `typebox/value`) or of a scope (`@fastify/*`). */
function isPart(specifier: string, name: string): boolean {
  if (name.endsWith('/*')) return specifier.startsWith(name.slice(0, -1))
  return specifier === name || specifier.startsWith(`${name}/`)
}

function targetOf(path: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(path), specifier))
}

function idleExceptions(sources: readonly Source[]): string[] {
  const used = new Set(
    sources.flatMap((source) =>
      importsOf(source).map(
        (specifier) => `${homeOf(source.path)} ${targetOf(source.path, specifier)}`,
      ),
    ),
  )
  return Object.entries(MAY_IMPORT).flatMap(([home, { because = {} }]) =>
    Object.keys(because)
      .filter((file) => !used.has(`${home} ${file}`))
      .map((file) => `${home} no longer needs ${file}`),
  )
}

const TABLE_HEAD = '| what | may import | packages |'

/** The table as src/README.md ends with it. */
function printed(table: Record<string, Row>): string {
  const rows = Object.entries(table).map(
    ([home, { imports = [], packages = [] }]) =>
      `| ${home} | ${imports.join(', ') || '–'} | ${packages.join(', ') || '–'} |`,
  )
  const reasons = Object.entries(table).flatMap(([home, { because = {} }]) =>
    Object.entries(because).map(([file, reason]) => `- ${home} ► ${file}: ${reason}`),
  )
  const wiring = `\`wiring\` is ${WIRING.join(', ')}. Single files that may be imported too:`
  return `${[TABLE_HEAD, '| --- | --- | --- |', ...rows, '', wiring, '', ...reasons].join('\n')}\n`
}
