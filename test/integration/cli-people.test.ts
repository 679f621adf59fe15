import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Operator, operator } from '../helpers/typing.ts'

let desk: Operator
let merchantId: string

beforeAll(async () => {
  desk = await operator()
  const { out } = await desk.type('merchants', 'add', 'Rosewood', '--currency', 'GBP', '--json')
  merchantId = JSON.parse(out).merchantId
})

afterAll(() => desk[Symbol.asyncDispose]())

test('everything that is kept of a person is printed as JSON', async () => {
  const { exitCode, out } = await desk.type('people', 'export', 'telegram:42')

  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ person: null, merchants: [] })
})

test('nobody is erased without --yes', async () => {
  const asked = await desk.type('people', 'erase', 'telegram:42')

  expect(asked).toMatchObject({ exitCode: 2, out: '' })
  expect(asked.err).toContain('Vouchers that become void: 0')
  expect(asked.err).toContain('Nothing was erased. Add --yes to do it.')
  expect((await desk.type('people', 'erase', 'telegram:42', '--yes')).out).toContain(
    'telegram:42 is erased.',
  )
})

test.each(['42', 'Telegram:42', 'telegram:', 'telegram:4 2'])(
  'who is written as %j is told the right form',
  async (person) => {
    const { exitCode, err } = await desk.type('people', 'erase', person, '--yes')

    expect(exitCode).toBe(2)
    expect(err).toContain('Write a person as telegram:42.')
  },
)

test('a merchant gets a new owner by a link', async () => {
  const invited = await desk.type('merchants', 'invite', merchantId)
  const unknown = await desk.type('merchants', 'invite', 'mer_none')

  expect(invited).toMatchObject({ exitCode: 0 })
  expect(invited.out).toMatch(/^https:\/\/t\.me\/passalong_demo_bot\?start=[\w-]{22}\n$/)
  expect(invited.err).toContain('It makes an owner of Rosewood of the first who opens it')
  expect(unknown).toMatchObject({ exitCode: 1, err: expect.stringContaining('no merchant') })
})
