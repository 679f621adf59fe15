import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { query } from '../helpers/starter.ts'
import { type Operator, operator } from '../helpers/typing.ts'

const COMMAND = fileURLToPath(new URL('../../src/cli/passalong.ts', import.meta.url))
const REAL = fileURLToPath(
  new URL('../../../shared/data/orders/online-retail-999-lines.csv', import.meta.url),
)

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n'
const MUGS = '=1,A1,MUG,2,12/1/10 8:26,2.50,C1,United Kingdom\n'
const LAMP = '2,B1,LAMP,1,12/1/10 9:00,10.00,C2,France\n'
const NO_MUG = 'C3,A1,MUG,-1,12/1/10 9:30,2.50,C1,United Kingdom\n'
const NO_VASE = 'C4,V1,VASE,-1,12/1/10 9:30,7.00,C9,France\n'
const BROKEN = '5,B1,LAMP,many,12/1/10 9:45,10.00,C2,France\n'

let desk: Operator
let into: string[]

beforeEach(async () => {
  desk = await operator()
  const shop = ['merchants', 'add', 'Rosewood', '--currency', 'GBP', '--json']
  const { merchantId } = JSON.parse((await desk.type(...shop)).out)
  const store = ['--name', 'High Street', '--address', '1 High Street', '--zone', 'Europe/London']
  await desk.type('stores', 'add', '--merchant', merchantId, '--id', '7', ...store)
  into = ['--merchant', merchantId, '--store', '7', '--map', 'online-retail']
})

afterEach(() => desk[Symbol.asyncDispose]())

async function importing(lines: string, ...more: string[]) {
  const path = join(desk.dir, 'orders.csv')
  await writeFile(path, HEADER + lines)
  return desk.type('orders', 'import', path, ...into, ...more)
}

test('importing tells what became of orders and cancellations, and what they are worth', async () => {
  expect(await importing(MUGS + LAMP + NO_MUG + NO_VASE)).toEqual({
    exitCode: 0,
    out:
      '2 orders worth £15.00: 2 taken, 0 changed, 0 unchanged\n' +
      '2 cancellations: 2 taken, 0 unchanged; 1 of a known order, 1 waiting for theirs\n' +
      'Nothing skipped\n',
    err: expect.stringMatching(/^(\d+ %\n)+$/),
  })
})

test('importing a file again changes nothing; importing it changed changes what is different', async () => {
  await importing(MUGS + LAMP + NO_MUG)

  expect((await importing(MUGS + LAMP + NO_MUG)).out).toBe(
    '2 orders worth £15.00: 0 taken, 0 changed, 2 unchanged\n' +
      '1 cancellation: 0 taken, 1 unchanged; 1 of a known order, 0 waiting for theirs\n' +
      'Nothing skipped\n',
  )
  expect((await importing(MUGS + LAMP.replace('10.00', '12.00'))).out).toBe(
    '2 orders worth £17.00: 0 taken, 1 changed, 1 unchanged\nNothing skipped\n',
  )
})

test('what cannot be read is skipped and told with its line, and the exit code is 1', async () => {
  expect(await importing(MUGS + BROKEN + LAMP)).toMatchObject({
    exitCode: 1,
    out:
      '2 orders worth £15.00: 2 taken, 0 changed, 0 unchanged\n' +
      '1 skipped:\n' +
      '  line 3, order 5: "many" is no whole number other than 0. (bad_quantity)\n',
    err: expect.stringContaining('error: Not everything was taken.\n'),
  })
})

test('times are meant in the zone of the store, or in the one given', async () => {
  await importing(MUGS.replace('12/1/10', '7/1/10'))
  await importing(LAMP.replace('12/1/10', '7/1/10'), '--zone', 'Asia/Shanghai')

  const orders = await query(desk.databaseUrl, 'select placed_at from orders order by source_id')
  expect(orders.map(({ placed_at }) => placed_at.toISOString())).toEqual([
    '2010-07-01T01:00:00.000Z',
    '2010-07-01T07:26:00.000Z',
  ])
})

test('PINs go to a file that only its owner may read, and stay the same', async () => {
  const path = join(desk.dir, 'pins.csv')
  const { out } = await importing(MUGS + LAMP + NO_MUG, '--pins', path)
  await importing(MUGS + LAMP, '--pins', `${path}2`)

  expect(out).toMatch(/^Their PINs and links are in .*pins\.csv$/m)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const rows = (await readFile(path, 'utf8')).split('\r\n')
  expect(rows).toEqual([
    'order,pin,receipt page,receipt chat',
    expect.stringMatching(
      /^2,\d{6},http:\/\/localhost:3000\/r\/eyJ[\w.-]+,https:\/\/t\.me\/\w+\?start=[\w-]{22}$/,
    ),
    expect.stringMatching(/^'=1,\d{6},/),
    '',
  ])
  const pinsOf = (csv: string) => csv.split('\r\n').map((row) => row.split(',')[1])
  expect(pinsOf(await readFile(`${path}2`, 'utf8'))).toEqual(pinsOf(rows.join('\r\n')))
  expect(out).not.toContain(pinsOf(rows.join('\r\n'))[1])
})

test('a file of PINs that is there already is left alone, and nothing is imported', async () => {
  const path = join(desk.dir, 'pins.csv')
  await writeFile(path, 'precious')

  expect(await importing(MUGS, '--pins', path)).toMatchObject({ exitCode: 1, out: '' })
  expect(await readFile(path, 'utf8')).toBe('precious')
  expect(await query(desk.databaseUrl, 'select from orders')).toEqual([])
})

test('a store, a file or a map that is not there is told in one line', async () => {
  const [merchant = '', merchantId = ''] = into

  expect(
    await desk.type(
      'orders',
      'import',
      'x.csv',
      merchant,
      merchantId,
      '--store',
      '8',
      '--map',
      'm',
    ),
  ).toMatchObject({
    exitCode: 1,
    err: 'error: Rosewood has no store 8, only 7. `passalong stores add` adds one.\n',
  })
  expect(await desk.type('orders', 'import', 'nowhere.csv', ...into)).toMatchObject({
    exitCode: 1,
    err: 'error: nowhere.csv cannot be read.\n',
  })
  expect(await importing(MUGS, '--map', 'retail')).toMatchObject({
    exitCode: 2,
    err: 'error: There is no column map "retail": name a preset (online-retail) or the path of a map file.\n',
  })
})

test('Ctrl-C stops between two batches, says how far it came, and another run goes on', async () => {
  const orders = Array.from({ length: 3000 }, (_, at) => LAMP.replace('2', `o${at}`))
  const path = join(desk.dir, 'many.csv')
  await writeFile(path, HEADER + orders.join(''))
  const child = spawn(process.execPath, [COMMAND, 'orders', 'import', path, ...into], {
    env: { DATABASE_URL: desk.databaseUrl, DATA_DIR: join(desk.dir, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text: Buffer) => {
    if (/ [1-9]\d* orders/.test(text.toString())) child.kill('SIGINT')
  })

  const [exitCode] = await once(child, 'close')
  const [stored] = await query(desk.databaseUrl, 'select count(*)::int as many from orders')
  expect(exitCode).toBe(130)
  expect(out).toMatch(/^So far:\n\d+ orders worth/)
  expect(stored?.['many']).toBeLessThan(3000)
  expect((await desk.type('orders', 'import', path, ...into)).out).toMatch(/^3000 orders worth/)
})

test.skipIf(!existsSync(REAL))('real orders of a gift shop come whole', async () => {
  expect((await desk.type('orders', 'import', REAL, ...into)).out).toBe(
    '62 orders worth £24,702.88: 62 taken, 0 changed, 0 unchanged\n' +
      '4 cancellations: 4 taken, 0 unchanged; 1 of a known order, 3 waiting for theirs\n' +
      'Nothing skipped\n',
  )
  const [belonging] = await query(
    desk.databaseUrl,
    `select c.source_id, o.source_id as order from cancellations c join orders o on o.id = c.order_id`,
  )
  expect(belonging).toEqual({ source_id: 'C536506', order: '536488' })
})
