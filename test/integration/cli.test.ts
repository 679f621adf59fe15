import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { readKeyRing } from '../../src/tokens/key-ring.ts'
import { openBusyShop } from '../helpers/busy-shop.ts'
import { type Operator, operator } from '../helpers/typing.ts'

const COMMAND = fileURLToPath(new URL('../../src/cli/passalong.ts', import.meta.url))

let desk: Operator

beforeAll(async () => {
  desk = await operator()
})

afterAll(() => desk[Symbol.asyncDispose]())

test('adding a merchant prints its id, its API key and the link that makes its owner', async () => {
  const { exitCode, out } = await desk.type('merchants', 'add', ' Rosewood ', '--currency', 'GBP')

  expect(exitCode).toBe(0)
  expect(out).toMatch(/^Merchant {6}Rosewood \(GBP\)\nId {12}mer_\w{20}\nAPI key {7}pk_[\w-]{32}\n/)
  expect(out).toMatch(/^Owner's link {2}https:\/\/t\.me\/passalong_demo_bot\?start=[\w-]{22}$/m)
  expect(out).toMatch(/In the sandbox, write to the bot instead: \/start [\w-]{22}\n$/)
})

test('adding a merchant with --json prints one JSON object', async () => {
  const { out } = await desk.type('merchants', 'add', 'Jason', '--currency', 'JPY', '--json')

  const added = JSON.parse(out)
  expect(Object.keys(added)).toEqual(['merchantId', 'apiKey', 'ownerReference', 'ownerLink'])
  expect((await desk.type('merchants', 'list')).out).toContain(`${added.merchantId}  JPY  Jason\n`)
})

test('links are made only when it is known what the bot is called', async () => {
  const production = {
    BOT_TOKEN: `123456:${'a'.repeat(35)}`,
    TOKEN_KEYS: (await desk.type('keys')).out.trim(),
  }
  const add = ['merchants', 'add', 'Nameless', '--currency', 'GBP']

  expect(await desk.typeWith(production, ...add)).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('Set BOT_USERNAME'),
  })
  const named = await desk.typeWith({ ...production, BOT_USERNAME: 'rosewood_bot' }, ...add)
  expect(named.out).toContain('https://t.me/rosewood_bot?start=')
  expect(named.out).not.toContain('sandbox')
})

test('a store is added once under its id', async () => {
  const { merchantId } = JSON.parse(
    (await desk.type('merchants', 'add', 'Elm', '--currency', 'EUR', '--json')).out,
  )
  const store = ['--name', 'Elm & Co', '--address', '1 Elm Row', '--zone', 'Europe/Paris']
  const add = ['stores', 'add', '--merchant', merchantId, '--id', '7', ...store]

  expect(await desk.type(...add)).toMatchObject({ exitCode: 0, err: '' })
  expect(await desk.type(...add)).toMatchObject({
    exitCode: 1,
    err: 'error: Elm has a store 7 already; it stays as it is.\n',
  })
  expect(await desk.type('stores', 'list', '--merchant', merchantId)).toEqual({
    exitCode: 0,
    out: '7  Elm & Co  1 Elm Row  Europe/Paris\n',
    err: '',
  })
})

test('a store of nobody and a store in no time zone are refused', async () => {
  const { out } = await desk.type('merchants', 'add', 'Oak', '--currency', 'EUR', '--json')
  const store = ['--id', '7', '--name', 'Oak', '--address', '1 Oak Row', '--zone']
  const add = ['stores', 'add', '--merchant']

  expect(await desk.type(...add, 'mer_nobody', ...store, 'UTC')).toMatchObject({
    exitCode: 1,
    err: 'error: There is no merchant mer_nobody. `passalong merchants list` has their ids.\n',
  })
  expect(await desk.type(...add, JSON.parse(out).merchantId, ...store, 'Mars')).toMatchObject({
    exitCode: 2,
    err: 'error: The time zone must be an IANA name such as Europe/London.\n',
  })
})

test('an audit says that the books are right, or where they differ with exit code 1', async () => {
  await using other = await operator()
  expect(await other.type('audit')).toEqual({
    exitCode: 0,
    out: 'The books are right.\n',
    err: '',
  })

  const db = openDatabase(other.databaseUrl, { connections: 1 })
  await db.run(({ sql }) => openBusyShop(sql))
  await db.run(
    ({ sql }) => sql`
    update voucher_templates set issued = issued + 1 where merchant_id = 'south' and id = 'off'`,
  )
  await db.close()

  const { exitCode, out, err } = await other.type('audit')
  expect(exitCode).toBe(1)
  expect(out).toMatch(/^issued_is_the_number_of_vouchers +south +off +/m)
  expect(err).toBe('error: The books differ in one place.\n')
})

test('every new key has a name of its own and can be put before the others', async () => {
  const first = (await desk.type('keys')).out.trim()
  const second = (await desk.type('keys')).out.trim()

  const ring = readKeyRing(`${second},${first}`)
  expect([...ring.byKid.keys()]).toHaveLength(2)
  expect(`${second}:`.startsWith(`${ring.newest.kid}:`)).toBe(true)
})

test.each([
  ['nothing', [], 'Usage: passalong'],
  ['an unknown command', ['merchant'], "unknown command 'merchant'\n(Did you mean merchants?)"],
  ['half a command', ['orders'], 'import [options] <file>'],
  ['an option left out', ['merchants', 'add', 'X'], "required option '--currency <code>'"],
  ['no currency', ['merchants', 'add', 'X', '--currency', 'gbp'], 'such as GBP.'],
  ['no name', ['merchants', 'add', ' ', '--currency', 'GBP'], 'Write 1 to 120 characters.'],
  ['one word too many', ['audit', 'now'], 'too many arguments'],
])('a wrong use is explained with exit code 2: %s', async (_, args, sentence) => {
  const { exitCode, out, err } = await desk.type(...args)

  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
  expect(err).toContain(sentence)
  expect(err).not.toMatch(/^ +at /m)
})

test('faulty settings are all named and none is shown', async () => {
  const settings = { PORT: 'secret-1', BOT_TOKEN: 'secret-2' }

  expect(await desk.typeWith(settings, 'migrate')).toEqual({
    exitCode: 2,
    out: '',
    err: expect.stringMatching(
      /^error: The environment is faulty:\n {2}- PORT .*\n {2}- BOT_TOKEN .*\n$/,
    ),
  })
  expect((await desk.typeWith(settings, 'migrate')).err).not.toContain('secret')
})

test('a database that is away is told in one line', async () => {
  const away = { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/passalong' }

  expect(await desk.typeWith(away, 'migrate')).toEqual({
    exitCode: 1,
    out: '',
    err: 'error: The database cannot be used: connect ECONNREFUSED 127.0.0.1:1\n',
  })
})

test('as a program it takes its settings from a file .env, and exits with the code', async () => {
  const settings = `DATABASE_URL=${desk.databaseUrl}\nDATA_DIR=${desk.dir}\n`
  await writeFile(join(desk.dir, '.env'), settings)

  const list = [COMMAND, 'stores', 'list', '--merchant', 'mer_nobody']
  const typed = promisify(execFile)(process.execPath, list, { cwd: desk.dir, env: {} })

  await expect(typed).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'error: There is no merchant mer_nobody. `passalong merchants list` has their ids.\n',
  })
})

test('what a merchant tells the model is changed and shown, and typed wrong it is refused', async () => {
  const add = ['merchants', 'add', 'Modest', '--currency', 'GBP', '--json']
  const { merchantId } = JSON.parse((await desk.type(...add)).out)
  const matching = ['merchants', 'matching', '--merchant', merchantId]

  const told = await desk.type(...matching, '--margin', '40%', '--control', '5', '--pool', 'on')
  expect(told.out).toMatch(
    /^Margin {15,}40 %\nControl share {8,}5 %\nPools what is learnt {2}yes\n/,
  )
  const off = await desk.type(...matching, '--margin', 'off', '--json')
  expect(JSON.parse(off.out).settings).toEqual({
    marginBp: null,
    controlBp: 500,
    poolsLearning: true,
  })
  for (const [option, value, words] of [
    ['--margin', '0', 'Write a percentage from 0.01 to 100, or off.'],
    ['--margin', '1e1', 'Write a percentage from 0.01 to 100, or off.'],
    ['--control', '50.01', 'Write a percentage from 0 to 50.'],
    ['--pool', 'maybe', 'Allowed choices are on, off.'],
    ['--resume', 'nowhere', 'Allowed choices are offer, voucher.'],
  ] as const) {
    expect(await desk.type(...matching, option, value)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(words),
    })
  }
  const again = await desk.type(...matching, '--json')
  expect(JSON.parse(again.out).settings).toEqual(JSON.parse(off.out).settings)
})
