import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { loadColumnMap } from '../../../src/orders/column-map.ts'
import { readText } from './read-text.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passalong-map-'))
})
afterAll(() => rm(folder, { recursive: true }))

const COLUMNS = { order: 'Id', sku: 'Sku', quantity: 'Qty', unitPrice: 'Price', date: 'Date' }
const MAP = { columns: COLUMNS, dateFormat: 'YYYY-MM-DD' }

async function mapFile(map: unknown): Promise<string> {
  const path = join(folder, 'map.json')
  await writeFile(path, typeof map === 'string' ? map : JSON.stringify(map))
  return path
}

describe('the preset online-retail', () => {
  test.each([
    ['WHITE HANGING HEART T-LIGHT HOLDER', 'candles'],
    ['SET OF 6 T-LIGHTS SANTA', 'christmas'],
    ['Retro Mugs Assorted', 'kitchen'],
    ['CREAM CUPID HEARTS COAT HANGER', 'home'],
    ['STEAM ENGINE', undefined],
    ['HICCUP REMEDY', undefined],
  ])('says that %s is %s', async (title, category) => {
    const { categoryOf } = await loadColumnMap('online-retail')
    expect(categoryOf(title)).toBe(category)
  })

  test('knows postage, discount and fees by their article number, and nothing else', async () => {
    const { kindOf } = await loadColumnMap('online-retail')
    const kinds = ['POST', 'D', 'BANK CHARGES', '85123A', 'constructor'].map((sku) => kindOf(sku))
    expect(kinds).toEqual(['postage', 'discount', 'fee', 'item', 'item'])
  })
})

describe('a map file', () => {
  test('needs five columns and a date format; without more there are no cancellations', async () => {
    const map = await mapFile(MAP)

    expect(await readText('Id,Sku,Qty,Price,Date\nC1,A,2,1.50,2026-01-31\n', { map })).toEqual([
      {
        kind: 'order',
        sourceId: 'C1',
        placedAt: new Date('2026-01-31T00:00:00Z'),
        currency: 'GBP',
        totalMinor: 300,
        lines: [
          { sku: 'A', title: 'A', quantity: 2, unitMinor: 150, amountMinor: 300, kind: 'item' },
        ],
      },
    ])
  })

  test('may name a column of currencies; an order of two is skipped', async () => {
    const map = await mapFile({ ...MAP, columns: { ...COLUMNS, currency: 'Cur' } })
    const lines = ['1,A,2,275,2026-01-31,JPY', '2,A,1,1,2026-01-31,EUR', '2,A,1,1,2026-01-31,USD']
    const more = ['3,A,1,1,2026-01-31,', '4,A,1,1,2026-01-31,Euro']

    const delivered = await readText(['Id,Sku,Qty,Price,Date,Cur', ...lines, ...more].join('\n'), {
      map,
    })

    expect(delivered).toMatchObject([
      { sourceId: '1', currency: 'JPY', totalMinor: 550 },
      {
        sourceId: '2',
        reason: 'two_currencies',
        line: 4,
        detail: 'One order names "EUR" and "USD".',
      },
      { sourceId: '3', currency: 'GBP', totalMinor: 100 },
      { sourceId: '4', reason: 'bad_currency', line: 6 },
    ])
  })

  test('where the order is not the first column, a broken line spoils both sides', async () => {
    const map = await mapFile(MAP)
    const lines = [
      'A,1,2,1,2026-01-31',
      'A,"1,2,1,2026-01-31',
      'A,2,2,1,2026-01-31',
      'A,3,2,1,2026-01-31',
    ]

    const delivered = await readText(['Sku,Id,Qty,Price,Date', ...lines].join('\n'), { map })

    expect(delivered).toMatchObject([
      { kind: 'skipped', line: 3, reason: 'malformed_line' },
      { kind: 'skipped', sourceId: '1', line: 3 },
      { kind: 'skipped', sourceId: '2', line: 3 },
      { kind: 'order', sourceId: '3' },
    ])
  })

  test('finds a category in a script without blanks, and reads keywords as they are written', async () => {
    const categories = { tea: ['茶'], odd: ['A.B', '(C'] }
    const { categoryOf } = await loadColumnMap(await mapFile({ ...MAP, categories }))

    const found = ['绿茶杯', 'an a.b', 'AXB', '(C'].map((title) => categoryOf(title))
    expect(found).toEqual(['tea', 'odd', undefined, 'odd'])
  })

  test.each([
    ['no JSON', '{', /cannot be read: .*JSON/],
    ['no object', [], /is not right: it must be object/],
    [
      'no date column',
      { ...MAP, columns: { ...COLUMNS, date: undefined } },
      /columns must have required properties date/,
    ],
    [
      'an empty name',
      { ...MAP, columns: { ...COLUMNS, sku: '' } },
      /columns\.sku must not have fewer than 1 characters/,
    ],
    ['an unknown member', { ...MAP, colums: {} }, /must not have additional properties/],
    [
      'an unknown kind',
      { ...MAP, kinds: { X: 'gift' } },
      /kinds\.X must be equal to one of the allowed values/,
    ],
    [
      'an empty category',
      { ...MAP, categories: { tea: [] } },
      /categories\.tea must not have fewer than 1 items/,
    ],
    [
      'a date format of its own',
      { ...MAP, dateFormat: 'yesterday' },
      /dateFormat not understood: "yesterday"/,
    ],
  ])('with %s is refused with a reason', async (_name, map, reason) => {
    const refusal = { code: 'ERR_REQUEST_INVALID', message: expect.stringMatching(reason) }

    await expect(loadColumnMap(await mapFile(map))).rejects.toMatchObject(refusal)
  })

  test('that is missing, unnamed or unknown is refused, and the presets are named', async () => {
    for (const [map, reason] of [
      [undefined, /A column map is needed: name a preset \(online-retail\)/],
      ['online-retial', /There is no column map "online-retial": name a preset \(online-retail\)/],
      ['/nowhere/map.json', /cannot be read: ENOENT/],
    ] as const) {
      const refusal = { code: 'ERR_REQUEST_INVALID', message: expect.stringMatching(reason) }
      await expect(loadColumnMap(map)).rejects.toMatchObject(refusal)
    }
  })
})
