import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

import { readCsv } from '../../../src/orders/csv.ts'
import type { Progress } from '../../../src/orders/source.ts'
import { brief, file, HEADER, lineOf, readText } from './read-text.ts'

const EXCERPT = `${import.meta.dirname}/samples/online-retail-excerpt.csv`

describe('the file', () => {
  test('may have a byte order mark, either kind of line end, blank lines and no last line end', async () => {
    const lines = [HEADER, lineOf('1'), '', ',,,,,,,', lineOf('1'), '   ', lineOf('2')]
    const expected = ['1 order of 2', '2 order of 1']

    expect(brief(await readText(lines.join('\n')))).toEqual(expected)
    expect(brief(await readText(`\uFEFF${lines.join('\r\n')}`))).toEqual(expected)
    expect(brief(await readText(`${lines.join('\n')}\n\n`))).toEqual(expected)
  })

  test('may have its columns in any order, and others that nobody asked for', async () => {
    const text = [
      'Till,Country,CustomerID,UnitPrice,InvoiceDate,Quantity,Description,StockCode,InvoiceNo',
      '9,France,12,2.55,12/1/10 8:26,6,LANTERN,71053,1',
    ].join('\n')

    expect(await readText(text)).toMatchObject([
      { sourceId: '1', totalMinor: 1530, customerRef: '12', country: 'France' },
    ])
  })

  test('may hold only the column names: no order is no fault', async () => {
    expect(await readText(`${HEADER}\r\n`)).toEqual([])
  })

  test.each([
    ['empty', '', /is empty/],
    ['only blank lines', '\r\n \n', /is empty/],
    ['only a byte order mark', '\uFEFF', /is empty/],
    ['UTF-16', Buffer.from(`\uFEFF${file(lineOf('1'))}`, 'utf16le'), /is no CSV file/],
    ['UTF-16 without a mark', Buffer.from(file(lineOf('1')), 'utf16le'), /is no CSV file/],
    ['an archive', Buffer.from('504b0304140000000800', 'hex'), /is no CSV file/],
    ['compressed', Buffer.from('1f8b0800000000000003', 'hex'), /is no CSV file/],
    ['one endless line', 'a'.repeat(1_000_000), /is no CSV file/],
    ['with an open quote in the names', `"${HEADER}\n${lineOf('1')}`, /is no CSV file/],
    ['another table', 'a,b\n1,2\n', /no column "InvoiceNo", "StockCode".* only: a, b\./],
    [
      'with semicolons',
      HEADER.replaceAll(',', ';'),
      /no column "InvoiceNo".* only: InvoiceNo;Stock/,
    ],
    ['with a column twice', `${HEADER},Quantity\n`, /column "Quantity" more than once/],
  ])('that is %s is refused with a reason', async (_name, content, reason) => {
    const refusal = { code: 'ERR_FILE_INVALID', message: expect.stringMatching(reason) }

    await expect(readText(content)).rejects.toMatchObject(refusal)
  })

  test('that is not there, or is a folder, is refused', async () => {
    for (const [from, message] of [
      ['/nowhere/orders.csv', '/nowhere/orders.csv cannot be read.'],
      [import.meta.dirname, `${import.meta.dirname} is not a file.`],
    ] as const) {
      const refusal = { code: 'ERR_FILE_INVALID', message }
      await expect(readText('', { from })).rejects.toMatchObject(refusal)
    }
  })

  test.runIf(existsSync('/proc/self/fd'))(
    'is closed when the reader stops in the middle',
    async () => {
      const options = {
        from: EXCERPT,
        currency: 'GBP',
        zone: 'Europe/London',
        map: 'online-retail',
      }
      for await (const _ of readCsv(options)) break

      await expect.poll(openFiles).not.toContain(EXCERPT)
    },
  )

  test('is read twice, and progress counts both', async () => {
    const told: Progress[] = []
    const text = file(lineOf('1'))

    await readText(text, { onProgress: (progress) => told.push(progress) })

    const bytesTotal = 2 * text.length
    expect(told).toEqual([
      { bytesDone: text.length, bytesTotal },
      { bytesDone: bytesTotal, bytesTotal },
    ])
  })
})

describe('a line that is wrong', () => {
  test.each([
    ['quantity 0', lineOf('2', { quantity: '0' }), 'bad_quantity'],
    ['quantity -0', lineOf('2', { quantity: '-0' }), 'bad_quantity'],
    ['quantity 1.5', lineOf('2', { quantity: '1.5' }), 'bad_quantity'],
    ['quantity 1e3', lineOf('2', { quantity: '1e3' }), 'bad_quantity'],
    ['quantity １２', lineOf('2', { quantity: '１２' }), 'bad_quantity'],
    ['no quantity', lineOf('2', { quantity: '' }), 'bad_quantity'],
    ['a huge quantity', lineOf('2', { quantity: '9'.repeat(30) }), 'bad_quantity'],
    ['a quantity below zero', lineOf('2', { quantity: '-1' }), 'bad_quantity'],
    ['no price', lineOf('2', { price: '' }), 'bad_price'],
    ['a price in words', lineOf('2', { price: 'free' }), 'bad_price'],
    ['a price with a sign of money', lineOf('2', { price: '£4.25' }), 'bad_price'],
    ['a price with thousands', lineOf('2', { price: '"1,000.50"' }), 'bad_price'],
    ['a price below zero', lineOf('2', { price: '-4.25' }), 'bad_price'],
    ['an endless price', lineOf('2', { price: '9'.repeat(20) }), 'out_of_range'],
    ['no date', lineOf('2', { date: '' }), 'bad_date'],
    ['a date of another kind', lineOf('2', { date: '2010-12-01' }), 'bad_date'],
    ['31 February', lineOf('2', { date: '2/31/10 8:26' }), 'bad_date'],
    ['a time that the clocks skipped', lineOf('2', { date: '3/28/10 1:30' }), 'bad_date'],
    ['no article', lineOf('2', { sku: '' }), 'empty_sku'],
    ['an article of 129 characters', lineOf('2', { sku: 'S'.repeat(129) }), 'too_long'],
    ['a title of 301 characters', lineOf('2', { title: 'T'.repeat(301) }), 'too_long'],
    ['a line of 70 kB', lineOf('2', { title: 'T'.repeat(70_000) }), 'too_long'],
    ['a line of 300 kB', lineOf('2', { title: 'T'.repeat(300_000) }), 'too_long'],
    ['a NUL', lineOf('2', { title: 'A\0B' }), 'not_text'],
    ['an escape sequence', lineOf('2', { title: '\x1b[31mRED' }), 'not_text'],
    ['a cell too few', '2,22960,JAM,6,12/1/10 8:26,4.25,17897', 'malformed_line'],
    ['a comma not quoted', lineOf('2', { title: 'JAM, RED' }), 'malformed_line'],
    ['a stray quote', lineOf('2', { title: '12" RULER' }), 'malformed_line'],
    ['text after a quote', lineOf('2', { title: '"JAM"S' }), 'malformed_line'],
    ['an open quote', lineOf('2', { title: '"JAM' }), 'malformed_line'],
  ])('(%s) has its whole order skipped, and no other', async (_name, wrong, reason) => {
    const text = file(lineOf('1'), lineOf('2'), wrong, lineOf('2'), lineOf('3'), lineOf('3'))

    expect(brief(await readText(text))).toEqual([
      '1 order of 1',
      `2 ${reason} at 4`,
      '3 order of 2',
    ])
  })

  test('that is not UTF-8 has its order skipped; UTF-8 of any script is kept', async () => {
    const latin1 = Buffer.from(file(lineOf('1', { title: 'CAFÉ' }), lineOf('2')), 'latin1')

    expect(brief(await readText(latin1))).toEqual(['1 not_utf8 at 2', '2 order of 1'])
    expect(await readText(file(lineOf('1', { title: '绿茶 CAFÉ 🍵' })))).toMatchObject([
      { lines: [{ title: '绿茶 CAFÉ 🍵' }] },
    ])
  })

  test('says what stood there and what was wanted, without control characters', async () => {
    const delivered = await readText(
      file(
        lineOf('1', { date: '1/12/2010' }),
        lineOf('2', { date: '3/28/10 1:30' }),
        lineOf('3', { quantity: 'six' }),
        lineOf('4', { price: '4,25 £'.replace(',', '.') }),
      ),
    )

    expect(delivered).toEqual([
      {
        kind: 'skipped',
        line: 2,
        sourceId: '1',
        reason: 'bad_date',
        detail: '"1/12/2010" is no date like M/D/YY H:mm.',
      },
      {
        kind: 'skipped',
        line: 3,
        sourceId: '2',
        reason: 'bad_date',
        detail: '"3/28/10 1:30" does not exist in Europe/London.',
      },
      {
        kind: 'skipped',
        line: 4,
        sourceId: '3',
        reason: 'bad_quantity',
        detail: '"six" is no whole number other than 0.',
      },
      {
        kind: 'skipped',
        line: 5,
        sourceId: '4',
        reason: 'bad_price',
        detail: '"4.25 £" is no price.',
      },
    ])
  })

  test('with an open quote costs no other order, wherever the next quote is', async () => {
    const text = file(
      lineOf('1', { title: '"OPEN' }),
      lineOf('2'),
      lineOf('3', { title: '"JAM, RED"' }),
      lineOf('4', { title: '"OPEN TOO' }),
      lineOf('5'),
      ...Array.from({ length: 100 }, () => lineOf('6')),
    )

    expect(brief(await readText(text))).toEqual([
      '1 malformed_line at 2',
      '2 order of 1',
      '3 order of 1',
      '4 malformed_line at 5',
      '5 order of 1',
      '6 order of 100',
    ])
  })

  test('is named when it is the first of several', async () => {
    const wrong = [lineOf('1', { title: '"OPEN' }), lineOf('1', { title: 'A\0B' })]

    expect(brief(await readText(file(...wrong)))).toEqual(['1 malformed_line at 2'])
  })

  test('is quoted only in part when it is long', async () => {
    const [skipped] = await readText(file(lineOf('1', { price: 'x'.repeat(90) })))

    expect(skipped).toMatchObject({ detail: `"${'x'.repeat(40)}" is no price.` })
  })

  test('without an order id spoils the orders on both sides, as it could belong to either', async () => {
    const text = file(lineOf('1'), lineOf('2'), lineOf(''), lineOf('3'), lineOf('4'))

    expect(brief(await readText(text))).toEqual([
      '1 order of 1',
      '? empty_id at 4',
      '2 empty_id at 4',
      '3 empty_id at 4',
      '4 order of 1',
    ])
  })

  test('whose order id cannot be used spoils both sides too', async () => {
    for (const id of ['X'.repeat(129), '1\0', '"1', '%%%%']) {
      const wrong = id === '%%%%' ? id : lineOf(id)
      const delivered = await readText(file(lineOf('1'), wrong, lineOf('2'), lineOf('3')))

      const [stray, before, after, other] = brief(delivered)
      expect(stray).toMatch(/^\? \w+ at 3$/)
      expect([before, after]).toEqual([stray?.replace('?', '1'), stray?.replace('?', '2')])
      expect(other).toBe('3 order of 1')
    }
  })
})

describe('an order', () => {
  test('whose lines stand apart is skipped once, and never taken by half', async () => {
    const text = file(lineOf('1'), lineOf('2'), lineOf('1'), lineOf('3'), lineOf('1'))

    expect(brief(await readText(text))).toEqual([
      '1 scattered at 4',
      '2 order of 1',
      '3 order of 1',
    ])
  })

  test('of two customers is skipped; lines that name none go along', async () => {
    const text = file(
      lineOf('1', { customer: '17' }),
      lineOf('1', { customer: '18' }),
      lineOf('2', { customer: '' }),
      lineOf('2', { customer: '17' }),
    )

    const delivered = await readText(text)

    expect(brief(delivered)).toEqual(['1 two_customers at 3', '2 order of 2'])
    expect(delivered[1]).toMatchObject({ customerRef: '17' })
  })

  test('is dated by the earliest of its lines', async () => {
    const text = file(lineOf('1', { date: '7/1/10 8:27' }), lineOf('1', { date: '7/1/10 8:26' }))

    expect(await readText(text)).toMatchObject([{ placedAt: new Date('2010-07-01T07:26:00Z') }])
    expect(await readText(text, { zone: 'Asia/Shanghai' })).toMatchObject([
      { placedAt: new Date('2010-07-01T00:26:00Z') },
    ])
  })

  test('may have a discount, written either way, but not one larger than itself', async () => {
    const discount = { sku: 'D', title: 'Mug discount' }
    const text = file(
      lineOf('1'),
      lineOf('1', { ...discount, quantity: '-1', price: '5.50' }),
      lineOf('2'),
      lineOf('2', { ...discount, quantity: '1', price: '-5.50' }),
      lineOf('3'),
      lineOf('3', { ...discount, quantity: '-10', price: '5.50' }),
    )

    const delivered = await readText(text)

    expect(brief(delivered)).toEqual(['1 order of 2', '2 order of 2', '3 negative_total at 6'])
    const line = { sku: 'D', title: 'Mug discount', quantity: 1, kind: 'discount' }
    for (const order of delivered.slice(0, 2)) {
      expect(order).toMatchObject({ totalMinor: 2000 })
      expect(order).toHaveProperty('lines.1', { ...line, unitMinor: -550, amountMinor: -550 })
    }
  })

  test('is reckoned in the decimals of its currency', async () => {
    const total = async (currency: string, price: string) =>
      readText(file(lineOf('1', { price, quantity: '3' })), { currency })

    expect(await total('JPY', '275')).toMatchObject([{ currency: 'JPY', totalMinor: 825 }])
    expect(await total('KWD', '1.234')).toMatchObject([{ currency: 'KWD', totalMinor: 3702 }])
    expect(await total('GBP', '0.125')).toMatchObject([
      { totalMinor: 38, lines: [{ unitMinor: 13, amountMinor: 38 }] },
    ])
  })

  test('whose total is too large to be exact is skipped', async () => {
    const dear = lineOf('1', { price: '90071992547409.91', quantity: '1' })

    expect(brief(await readText(file(dear)))).toEqual(['1 order of 1'])
    expect(brief(await readText(file(dear, dear)))).toEqual(['1 out_of_range at 3'])
  })

  test('of 5000 lines is taken and one of more is skipped', async () => {
    const lines = Array.from({ length: 5000 }, () => lineOf('1'))

    expect(brief(await readText(file(...lines)))).toEqual(['1 order of 5000'])
    expect(brief(await readText(file(...lines, lineOf('1'), lineOf('1'), lineOf('2'))))).toEqual([
      '1 too_many_lines at 5002',
      '2 order of 1',
    ])
  })
})

describe('a cancellation', () => {
  test('has positive quantities and amount', async () => {
    expect(await readText(file(lineOf('C1', { quantity: '-6' })))).toMatchObject([
      {
        kind: 'cancellation',
        amountMinor: 2550,
        lines: [{ quantity: 6, unitMinor: 425, amountMinor: 2550 }],
      },
    ])
  })

  test('with a line that cancels nothing is skipped', async () => {
    const lines = [lineOf('C1', { quantity: '-6' }), lineOf('C1', { quantity: '6' })]

    expect(brief(await readText(file(...lines)))).toEqual(['C1 bad_quantity at 3'])
    expect(brief(await readText(file(lineOf('C1', { sku: 'D', quantity: '1' }))))).toEqual([
      'C1 bad_quantity at 2',
    ])
    expect(brief(await readText(file(lineOf('C1', { quantity: '-1', price: '-2' }))))).toEqual([
      'C1 bad_price at 2',
    ])
  })
})

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').map((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`)
    } catch {
      return ''
    }
  })
}
