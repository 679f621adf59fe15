import { expect, test } from 'vitest'

import { readLines } from '../../../src/orders/csv-lines.ts'
import { readRecords } from '../../../src/orders/csv-records.ts'

const TEXT = '\uFEFFid,title\r\n1,绿茶 🍵\r\n"2","two\r\nlines, ""quoted"""\r\n\r\n3,last'
const RECORDS = [
  { line: 1, cells: ['id', 'title'] },
  { line: 2, cells: ['1', '绿茶 🍵'] },
  { line: 3, cells: ['2', 'two\nlines, "quoted"'] },
  { line: 6, cells: ['3', 'last'] },
]

test('records are the same wherever the stream is cut', async () => {
  const bytes = Buffer.from(TEXT)
  for (let size = 1; size <= bytes.length; size += 1) {
    expect(await records(bytes, size)).toEqual(RECORDS)
  }
})

test('one forgotten quote costs one line, wherever it stands in the file', async () => {
  const lines = ['id,title', ...Array.from({ length: 60 }, (_, id) => `${id},title`)]
  for (let at = 1; at < lines.length; at += 1) {
    const broken = lines.with(at, `${at - 1},"title`)

    const found = await records(Buffer.from(broken.join('\n')), 7)

    expect(found.filter((record) => 'fault' in record).map(({ line }) => line)).toEqual([at + 1])
    expect(found).toHaveLength(lines.length)
  }
})

test('a lone carriage return ends no record', async () => {
  expect(await records(Buffer.from('id,title\n1,a\rb\n"2",a\rb\n'))).toEqual([
    { line: 1, cells: ['id', 'title'] },
    { line: 2, cells: ['1', 'a\rb'] },
    { line: 3, cells: ['2', 'a\rb'] },
  ])
})

test('a quoted cell may go on over 20 lines and not over 21', async () => {
  const cell = (lines: number) => `id,title\n1,"${Array(lines).fill('x').join('\n')}"\n2,x\n`

  expect(await records(Buffer.from(cell(20)))).toMatchObject([
    {},
    { line: 2, cells: {} },
    { line: 22 },
  ])
  expect(await records(Buffer.from(cell(21)))).toContainEqual(
    expect.objectContaining({
      line: 2,
      fault: expect.objectContaining({ reason: 'malformed_line' }),
    }),
  )
})

test('a line without an end takes no more memory than the longest line that is read', async () => {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  async function* endless() {
    yield Buffer.from('id,title\n1,')
    for (let sent = 0; sent < 500; sent += 1) yield chunk
    yield Buffer.from('\n2,x\n3,')
    for (let sent = 0; sent < 2; sent += 1) yield chunk
  }

  const found = await Array.fromAsync(readRecords(readLines(endless())))

  expect(found).toMatchObject([
    { line: 1 },
    { line: 2, fault: { reason: 'too_long' } },
    { line: 3, cells: ['2', 'x'] },
    { line: 4, fault: { reason: 'too_long' } },
  ])
})

function records(bytes: Buffer, size = 64) {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return Array.fromAsync(readRecords(readLines(chunks())))
}
