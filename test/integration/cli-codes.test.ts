import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import { openApp } from '../../src/open-app.ts'
import { makeCodes, takeCodeBatches } from '../../src/usecases/make-codes.ts'
import { addCampaign, addShop, type Shop } from '../helpers/shop.ts'
import { query } from '../helpers/starter.ts'
import { type Operator, operator } from '../helpers/typing.ts'

const COMMAND = fileURLToPath(new URL('../../src/cli/passalong.ts', import.meta.url))

let desk: Operator
let shop: Shop
let into: string[]
let app: AppContext
let close: () => Promise<void>

beforeEach(async () => {
  desk = await operator()
  const bot = { id: 0, token: '', username: 'bot' }
  const config = readConfig({ DATABASE_URL: desk.databaseUrl, DATA_DIR: join(desk.dir, 'data') })
  ;({ app, close } = await openApp(config, createLog('silent'), bot))
  shop = await addShop(app)
  await addCampaign(app, shop)
  into = ['--merchant', shop.merchantId, '--template', '£5 off']
})

afterEach(async () => {
  await close()
  await desk[Symbol.asyncDispose]()
})

async function codesIn(): Promise<string[]> {
  const rows = await query(
    desk.databaseUrl,
    'select code from codes order by template_id, position',
  )
  return rows.map((row) => String(row['code']))
}

describe('codes make', () => {
  test('makes codes, tells how far it is, and says so at the end', async () => {
    const made = await desk.type('codes', 'make', ...into, '--count', '30000', '--prefix', 'save')

    expect(made.err).toBe('80 %  25000 codes\n100 %  30000 codes\n')
    expect(made.out).toMatch(/^30000 codes for £5 off, of the batch cbt_\w{20}\n$/)
    expect(made.exitCode).toBe(0)
    expect((await codesIn()).length).toBe(30_000)
  })

  test.each<[string[], number, RegExp]>([
    [['--count', '0'], 2, /Write a whole number from 1 to 10000000/],
    [['--count', '5', '--prefix', 'spring'], 2, /"I" is none of them/],
    [['--count', '600000', '--length', '4'], 1, /more than half of all codes/],
    [
      ['--count', '5', '--template', 'Tea'],
      1,
      /has no vouchers Tea, but:\n {2}vtp_\w+ {2}£5 off \(Autumn\)/,
    ],
  ])('is refused with %j', async (args, exitCode, words) => {
    const answer = await desk.type('codes', 'make', ...into, ...args)

    expect(answer.err).toMatch(words)
    expect(answer.exitCode).toBe(exitCode)
    expect(await codesIn()).toEqual([])
  })

  test('stops at Ctrl-C and keeps what was made; killed, somebody else goes on with it', async () => {
    const [stopped, killed] = [await interrupt('SIGINT'), await interrupt('SIGKILL')]

    expect(stopped).toBe(130)
    expect(killed).toBeNull()
    const batches = await batchesIn()
    expect(batches.map(({ status }) => status)).toEqual(['cancelled', 'running'])
    expect(batches.every(({ made }) => made > 0 && made < 1_000_000)).toBe(true)
    expect((await codesIn()).length).toBe(batches.reduce((sum, { made }) => sum + made, 0))
    expect(await takeCodeBatches(app, 1)).toEqual([])

    await query(
      desk.databaseUrl,
      `update code_batches set leased_until = clock_timestamp(), wanted = made + 5 where status = 'running'`,
    )
    for (const batch of await takeCodeBatches(app, 1)) {
      await makeCodes(app, batch, { signal: new AbortController().signal })
    }
    expect((await batchesIn())[1]).toEqual({ status: 'done', made: batches[1]!.made + 5 })
  })

  async function batchesIn() {
    const rows = await query(
      desk.databaseUrl,
      'select status, made from code_batches order by created_at',
    )
    return rows.map((row) => ({ status: String(row['status']), made: Number(row['made']) }))
  }

  /** Ends `codes make` in the middle; answers its exit code. */
  async function interrupt(signal: 'SIGINT' | 'SIGKILL'): Promise<number | null> {
    const settings = { DATABASE_URL: desk.databaseUrl, DATA_DIR: join(desk.dir, 'data') }
    const args = ['codes', 'make', ...into, '--count', '1000000']
    const child = spawn(process.execPath, [COMMAND, ...args], {
      env: { PATH: process.env['PATH'], ...settings },
      stdio: 'ignore',
    })
    await expect
      .poll(
        async () =>
          (
            await query(
              desk.databaseUrl,
              "select made from code_batches where status = 'running' and made > 0",
            )
          ).length,
        { timeout: 15_000, interval: 50 },
      )
      .toBe(1)
    child.kill(signal)
    const [exitCode] = (await once(child, 'exit')) as [number | null]
    // what was sent before the end may be written after it
    const others =
      'select pid from pg_stat_activity where datname = current_database() and state <> $$idle$$ and pid <> pg_backend_pid()'
    await expect.poll(() => query(desk.databaseUrl, others), { timeout: 10_000 }).toEqual([])
    return exitCode
  }
})

describe('codes import', () => {
  async function importing(content: string | Buffer, ...more: string[]) {
    const path = join(desk.dir, 'codes.csv')
    await writeFile(path, content)
    return desk.type('codes', 'import', path, ...into, ...more)
  }

  test("takes a merchant's own codes in their order, whatever wrote the file", async () => {
    const first = await importing('\uFEFFcode\r\nsave-01\r\n"SAVE-02"\r\n\r\nSave-03 \r\n')
    const second = await importing('name,coupon\nx,"a,b"\ny,SAVE-04\n', '--column', 'coupon')

    expect([first.exitCode, first.out]).toEqual([
      0,
      '3 codes taken, 0 there already, 0 not readable\n',
    ])
    expect(second.exitCode).toBe(1)
    expect(second.out).toBe(
      '1 code taken, 0 there already, 1 not readable\n' +
        '  line 2: no code of 4 to 64 letters, digits and . _ / # * + -\n',
    )
    expect(await codesIn()).toEqual(['SAVE-01', 'SAVE-02', 'SAVE-03', 'SAVE-04'])
  })

  test('of the same file again changes nothing', async () => {
    await importing('A-001\nA-002\n')
    const tables = () =>
      query(
        desk.databaseUrl,
        `select (select count(*)::integer from code_batches) as batches, (select count(*)::integer from audit_log) as log,
                (select sum(codes_made)::integer from voucher_templates) as made`,
      )
    const before = await tables()

    const again = await importing('A-001\nA-002\n')

    expect(again).toMatchObject({
      exitCode: 0,
      out:
        '0 codes taken, 2 there already, 0 not readable\n' +
        '  line 1: the code waits in the pool already\n' +
        '  line 2: the code waits in the pool already\n',
    })
    expect(await tables()).toEqual(before)
    expect(await codesIn()).toEqual(['A-001', 'A-002'])
  })

  test('tells which lines it left out and why, all of them in a file', async () => {
    await query(
      desk.databaseUrl,
      `insert into vouchers (merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at)
       select merchant_id, 'vch_1', campaign_id, id, 'clm_1', 'telegram:1', 'GIVEN-1', 500, clock_timestamp(), clock_timestamp()
       from voucher_templates limit 1`,
    )
    await importing('POOL-1\n')
    const report = join(desk.dir, 'left-out.csv')

    const lines = ['NEW-01', 'new-01', 'POOL-1', 'GIVEN-1', 'ab', '=cmd()', '"open', 'NEW-02']
    const answer = await importing(`${lines.join('\n')}\n`, '--left-out', report)

    expect(answer.out).toContain('2 codes taken, 3 there already, 3 not readable\n')
    expect(answer.out).toContain('  line 2: the same code stands in this file before, on line 1\n')
    expect(answer.out).toContain('  line 3: the code waits in the pool already\n')
    expect(answer.out).toContain('  line 4: the code is that of a voucher already\n')
    expect(answer.out).toContain('  line 7: A quote is opened and not closed.\n')
    expect(answer.exitCode).toBe(1)
    const written = await readFile(report, 'utf8')
    expect(written.split('\r\n').slice(0, 3)).toEqual([
      'line,code,why,first line',
      '2,new-01,import,1',
      '3,POOL-1,pool,',
    ])
    expect(written).toContain("6,'=cmd(),no_code,")
    expect((await stat(report)).mode & 0o777).toBe(0o600)
  })

  test('finds a code again that came many lines before', async () => {
    const codes = Array.from({ length: 12_000 }, (_, i) => `MANY-${i}`)

    const answer = await importing([...codes, 'many-3', ''].join('\n'))

    expect(answer.out).toBe(
      '12000 codes taken, 1 there already, 0 not readable\n' +
        '  line 12001: the same code stands in this file before\n',
    )
  })

  test.each<[string | Buffer, string[], RegExp]>([
    ['a,b\nX-001,Y-001\n', [], /has several columns: name one of a, b\./],
    ['a,b\nX-001,Y-001\n', ['--column', 'c'], /has no column "c": name one of a, b\./],
    [Buffer.from([0xff, 0xfe, 0x41, 0x00]), [], /cannot be read: The line is not UTF-8 text/],
  ])('refuses what is no list of codes: %j', async (content, more, words) => {
    const answer = await importing(content, ...more)

    expect(answer.err).toMatch(words)
    expect(answer.exitCode).toBe(1)
    expect(await codesIn()).toEqual([])
  })
})

test('codes export writes every code with what has become of it', async () => {
  await desk.type('codes', 'make', ...into, '--count', '2500')
  const path = join(desk.dir, 'out.csv')

  const answer = await desk.type('codes', 'export', ...into, '--to', path)

  const lines = (await readFile(path, 'utf8')).trimEnd().split('\r\n')
  expect(answer.exitCode).toBe(0)
  expect(lines[0]).toBe('code,template_id,template_name,state,given_at,expires_at')
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(await codesIn())
  expect(lines[1]).toMatch(/^\w{13},vtp_\w{20},£5 off,waiting,,$/)
})
