import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { readCode } from '../../src/domain/code.ts'
import type { Server } from '../../src/http/server.ts'
import { addCodes, type CodeRow, codesAfter, leaseBatches } from '../../src/store/codes.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { takeCodes } from '../../src/usecases/import-codes.ts'
import { type LeasedBatch, makeCodes, takeCodeBatches } from '../../src/usecases/make-codes.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { type CodesRequest, startCodes } from '../../src/usecases/start-codes.ts'
import { stopCodes } from '../../src/usecases/stop-codes.ts'
import { testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'
import { addCampaign, addKnown, addShare, addShop, people, type Shop } from '../helpers/shop.ts'

const GO_ON = { signal: new AbortController().signal }

type Place = { app: AppContext; shop: Shop; templateId: string }

async function place(app: AppContext): Promise<Place> {
  const shop = await addShop(app)
  const { templateIds } = await addCampaign(app, shop)
  return { app, shop, templateId: templateIds[0]! }
}

async function start({ app, shop, templateId }: Place, more: Partial<CodesRequest> = {}) {
  const result = await startCodes(app, {
    merchantId: shop.merchantId,
    templateId,
    count: 100,
    requestId: crypto.randomUUID(),
    ...more,
  })
  if (result.outcome === 'refused') throw new Error(result.reason)
  return result.batch.batchId
}

async function takeOne(app: AppContext): Promise<LeasedBatch> {
  const [batch] = await takeCodeBatches(app, 1)
  if (!batch) throw new Error('nothing to take')
  return batch
}

/** What the tables say of the codes of one merchant. */
async function poolOf({ app, shop }: Place) {
  const rows = await app.db.run(
    ({ sql }) => sql<{ code: string; position: number; templateId: string }[]>`
      select code, position, template_id from codes where merchant_id = ${shop.merchantId}
      order by template_id, position`,
  )
  const [counters] = await app.db.run(
    ({ sql }) => sql<{ made: number; counted: number; running: number }[]>`
      select (select sum(made)::integer from code_batches where merchant_id = ${shop.merchantId}) as made,
             (select sum(codes_made)::integer from voucher_templates where merchant_id = ${shop.merchantId}) as counted,
             (select count(*)::integer from code_batches
              where merchant_id = ${shop.merchantId} and status = 'running') as running`,
  )
  return { rows, counters }
}

describe('codes that are made', () => {
  test('have the prefix, a check character and positions without a gap', async () => {
    await using app = await testApp()
    const here = await place(app)
    await start(here, { count: 25_000, prefix: 'save-' })

    await makeCodes(app, await takeOne(app), GO_ON)

    const { rows, counters } = await poolOf(here)
    expect(counters).toEqual({ made: 25_000, counted: 25_000, running: 0 })
    expect(rows.map(({ position }) => position)).toEqual(rows.map((_, i) => i + 1))
    expect(new Set(rows.map(({ code }) => code)).size).toBe(25_000)
    expect(rows.every(({ code }) => code.startsWith('SAVE') && readCode(code) === code)).toBe(true)
    expect(rows.every(({ code }) => code.length === 4 + 12 + 1)).toBe(true)
  })

  test('are given in their order, each once, and then there are none left', async () => {
    await using app = await testApp()
    const here = await place(app)
    await start(here, { count: 4 })
    await makeCodes(app, await takeOne(app), GO_ON)
    const share = await addShare(app, here.shop)
    const crowd = people(5)
    for (const personId of crowd) await addKnown(app, here.shop, personId)

    const answers = []
    for (const personId of crowd) {
      answers.push(await claimShare(app, { personId, by: { kind: 'token', token: share.token } }))
    }

    const { rows } = await poolOf(here)
    expect(answers.slice(0, 4).map(({ voucher }) => voucher?.code)).toEqual(
      rows.map(({ code }) => code),
    )
    expect(answers[4]?.result).toBe('fallback')
  })

  test('of a short kind are made anew where they are taken, up to half of all there are', async () => {
    await using app = await testApp()
    const here = await place(app)
    const half = 32 ** 4 / 2
    const { merchantId } = here.shop
    const short = { merchantId, templateId: here.templateId, length: 4, requestId: 'a' }

    expect(await startCodes(app, { ...short, count: half + 1 })).toEqual({
      outcome: 'refused',
      reason: 'too_many',
    })
    await start(here, { length: 4, count: 40_000 })
    expect(await startCodes(app, { ...short, count: half - 40_000 + 1 })).toMatchObject({
      outcome: 'refused',
    })
    expect(
      await startCodes(app, { ...short, count: half - 40_000 + 1, prefix: 'X' }),
    ).toMatchObject({
      outcome: 'started',
    })
    await makeCodes(app, await takeOne(app), GO_ON)

    const { rows } = await poolOf(here)
    expect(rows).toHaveLength(40_000)
    expect(new Set(rows.map(({ code }) => code)).size).toBe(40_000)
  })

  test('keep out what is there already, among codes and among vouchers', async () => {
    await using app = await testApp()
    const here = await place(app)
    const share = await addShare(app, here.shop)
    await addKnown(app, here.shop, 'telegram:5')
    const { voucher } = await claimShare(app, {
      personId: 'telegram:5',
      by: { kind: 'token', token: share.token },
    })
    const batchId = await start(here, { count: 5 })
    const { merchantId, worker } = await takeOne(app)
    const add = (...codes: string[]) => addCodes(app.db, merchantId, { batchId, worker }, codes)

    expect(await add('AAAAA', voucher!.code)).toMatchObject({ made: 1, status: 'running' })
    expect(await add('BBBBB', 'AAAAA', 'BBBBB', 'CCCCC')).toMatchObject({ made: 3 })
    expect(await add('DDDDD', 'EEEEE', 'FFFFF')).toEqual({ made: 5, wanted: 5, status: 'done' })

    expect((await poolOf(here)).rows.map(({ code }) => code)).toEqual([
      'AAAAA',
      'BBBBB',
      'CCCCC',
      'DDDDD',
      'EEEEE',
    ])
  })

  test('go on where a worker that was killed has stopped', async () => {
    await using app = await testApp()
    const here = await place(app)
    const batchId = await start(here, { count: 30_000 })
    const killed = await takeOne(app)
    await addCodes(app.db, killed.merchantId, killed, ['AAAAA'])
    expect(await takeCodeBatches(app, 1)).toEqual([])
    await app.db.run(
      ({ sql }) => sql`
        update code_batches set leased_until = clock_timestamp()
        where merchant_id = ${here.shop.merchantId} and id = ${batchId}`,
    )

    const other = await takeOne(app)
    const late = await addCodes(app.db, killed.merchantId, killed, ['BBBBB'])
    await makeCodes(app, other, GO_ON)

    expect(late).toEqual({ made: 1, wanted: 30_000, status: 'lost' })
    expect((await poolOf(here)).counters).toEqual({ made: 30_000, counted: 30_000, running: 0 })
  })

  test('are let go of when the process stops, and taken up by another one at once', async () => {
    await using app = await testApp()
    const here = await place(app)
    await start(here, { count: 50_000 })
    const stopping = new AbortController()

    await makeCodes(app, await takeOne(app), {
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
    })
    const { made } = await takeOne(app)

    expect(made).toBe(25_000)
  })

  test('stop when somebody cancels, and what was made stays', async () => {
    await using app = await testApp()
    const here = await place(app)
    const batchId = await start(here, { count: 50_000 })
    const { merchantId } = here.shop
    let chunks = 0

    await makeCodes(app, await takeOne(app), {
      ...GO_ON,
      onProgress: () => {
        chunks += 1
        if (chunks === 1) void stopCodes(app, { merchantId, batchId })
      },
    })

    const again = await stopCodes(app, { merchantId, batchId })
    const { rows, counters } = await poolOf(here)
    expect(again?.outcome).toBe('unchanged')
    expect(again?.batch.status).toBe('cancelled')
    expect(rows.length).toBe(again?.batch.made)
    expect(rows.length).toBeLessThan(50_000)
    expect(counters?.counted).toBe(rows.length)
  })

  test('are asked for once, however often the request comes', async () => {
    await using app = await testApp()
    const here = await place(app)
    const asked = { merchantId: here.shop.merchantId, templateId: here.templateId, count: 5 }

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => startCodes(app, { ...asked, requestId: 'same' })),
    )

    const outcomes = answers.map(({ outcome }) => outcome).sort()
    expect(outcomes).toEqual([...Array(7).fill('repeated'), 'started'])
    await expect(startCodes(app, { ...asked, count: 6, requestId: 'same' })).rejects.toMatchObject({
      code: 'ERR_IDEMPOTENCY_CONFLICT',
    })
  })

  test.each<Partial<CodesRequest>>([
    { count: 0 },
    { count: 1.5 },
    { count: 10_000_001 },
    { prefix: 'spring' },
    { prefix: 'a'.repeat(17) },
    { length: 3 },
    { length: 41 },
  ])('are refused with %j', async (more) => {
    await using app = await testApp()
    const here = await place(app)

    await expect(start(here, more)).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' })
    expect((await poolOf(here)).counters?.made).toBeNull()
  })

  test("are never of another merchant's vouchers", async () => {
    await using app = await testApp()
    const here = await place(app)
    const other = await addShop(app, 'Other')

    const result = await startCodes(app, {
      merchantId: other.merchantId,
      templateId: here.templateId,
      count: 1,
      requestId: 'a',
    })

    expect(result).toEqual({ outcome: 'refused', reason: 'unknown_template' })
  })
})

test('workers that race for batches share them without a code twice or a position left out', async () => {
  await using app = await testApp()
  const here = await place(app)
  const second = await addCampaign(app, here.shop, { name: 'Second' })
  for (let round = 0; round < 10; round++) {
    await start(here, { count: 700, length: 4, prefix: 'AB' })
    await start(
      { ...here, templateId: second.templateIds[0]! },
      { count: 900, length: 4, prefix: 'AB' },
    )
    const taken = await Promise.all(
      [1, 2, 3].map(() => leaseBatches(app.db, crypto.randomUUID(), 1)),
    )
    expect(new Set(taken.flat().map(({ batchId }) => batchId)).size).toBe(2)
    await app.db.run(
      ({ sql }) => sql`
        update code_batches set leased_until = null where merchant_id = ${here.shop.merchantId}`,
    )
    const batches = [...(await takeCodeBatches(app, 1)), ...(await takeCodeBatches(app, 1))]
    await Promise.all(batches.map((batch) => makeCodes(app, batch, GO_ON)))
  }

  const { rows, counters } = await poolOf(here)
  expect(rows).toHaveLength(16_000)
  expect(counters).toEqual({ made: 16_000, counted: 16_000, running: 0 })
  for (const templateId of [here.templateId, second.templateIds[0]!]) {
    const positions = rows.filter((row) => row.templateId === templateId)
    expect(positions.map(({ position }) => position)).toEqual(positions.map((_, i) => i + 1))
  }
})

test('every code is exported with what has become of it, a page at a time', async () => {
  await using app = await testApp()
  const here = await place(app)
  const share = await addShare(app, here.shop)
  for (const personId of people(3)) await addKnown(app, here.shop, personId)
  const claim = (personId: string) =>
    claimShare(app, { personId, by: { kind: 'token', token: share.token } })
  const before = await claim('telegram:1000')
  await start(here, { count: 3 })
  await makeCodes(app, await takeOne(app), GO_ON)
  const given = await claim('telegram:1001')

  const rows = []
  for (let page: CodeRow[] = [], after: string | undefined; ; after = page.at(-1)?.cursor) {
    page = await codesAfter(app.db, here.shop.merchantId, { templateId: here.templateId }, after, 2)
    if (page.length === 0) break
    rows.push(...page)
  }

  expect(rows.map(({ code, state }) => [code, state])).toEqual([
    [given.voucher?.code, 'given'],
    [expect.any(String), 'waiting'],
    [expect.any(String), 'waiting'],
    [before.voucher?.code, 'given'],
  ])
  expect(
    await codesAfter(app.db, here.shop.merchantId, { campaignId: 'cmp_none' }, undefined, 9),
  ).toEqual([])
})

test("a merchant's own code is given, and spent however it is typed", async () => {
  await using app = await testApp()
  const here = await place(app)
  const { merchantId } = here.shop
  const into = { merchantId, templateId: here.templateId, by: 'cli' }
  const imported = await takeCodes(app, { ...into, codes: ['summer-01', 'SUMMER-02'] })
  const share = await addShare(app, here.shop)
  await addKnown(app, here.shop, 'telegram:5')

  const { voucher } = await claimShare(app, {
    personId: 'telegram:5',
    by: { kind: 'token', token: share.token },
  })
  const result = await redeemVoucher(app, {
    merchantId,
    code: ' Summer-01',
    requestId: 'one',
    by: 'api',
  })

  expect(imported).toEqual({ taken: 2, leftOut: [] })
  expect(voucher?.code).toBe('SUMMER-01')
  expect(result).toMatchObject({ outcome: 'redeemed', redemption: { amountMinor: 500 } })
})

test('codes are given while they are made, each to one person, and the counters agree', async () => {
  await using app = await testApp()
  const here = await place(app)
  const { merchantId } = here.shop
  const share = await addShare(app, here.shop)
  await app.db.run(
    ({ sql }) => sql`update shares set slots = 1000 where merchant_id = ${merchantId}`,
  )
  const crowd = people(300)
  for (const personId of crowd) await addKnown(app, here.shop, personId)
  const claim = (personId: string) =>
    claimShare(app, { personId, by: { kind: 'token', token: share.token } })
  for (let round = 0; round < 10; round++) {
    await start(here, { count: 20, length: 6 })
    const batch = await takeOne(app)

    await Promise.all([
      makeCodes(app, batch, GO_ON),
      ...crowd.slice(round * 30, round * 30 + 30).map(claim),
    ])
  }

  const [agreed] = await app.db.run(
    ({ sql }) => sql`
      select t.codes_taken = count(v.id) as taken, count(distinct v.code) = count(v.id) as once,
             t.codes_made = 200 as made, max(k.position) = count(v.id) as in_order
      from voucher_templates t
      join codes k on k.merchant_id = t.merchant_id and k.template_id = t.id
      join vouchers v on v.merchant_id = k.merchant_id and v.code = k.code and v.template_id = t.id
      where t.merchant_id = ${merchantId} and t.id = ${here.templateId} and k.position <= t.codes_taken
      group by t.id, t.codes_taken, t.codes_made`,
  )
  expect(agreed).toEqual({ taken: true, once: true, made: true, inOrder: true })
})

describe('the API', () => {
  let app: AppContext & AsyncDisposable
  let server: Server

  beforeAll(async () => {
    app = await testApp()
    server = await testHttp(app)
  })

  afterAll(async () => {
    await server.close()
    await app[Symbol.asyncDispose]()
  })

  test('begins, shows and stops a batch, and tells nothing of those of others', async () => {
    const here = await place(app)
    const other = await addShop(app, 'Other')
    const send = async (
      method: 'GET' | 'POST' | 'DELETE',
      url: string,
      payload?: object,
      by = here.shop,
    ) => {
      const headers = { authorization: `Bearer ${by.apiKey}` }
      const reply = await server.inject({ method, url, headers, ...(payload && { payload }) })
      return { status: reply.statusCode, ...reply.json() }
    }
    const asked = { templateId: here.templateId, count: 20_000, prefix: 'save', requestId: 'one' }

    const begun = await send('POST', '/v1/codes/batches', asked)
    const again = await send('POST', '/v1/codes/batches', asked)
    const url = `/v1/codes/batches/${begun.batchId}`

    expect(begun).toMatchObject({
      outcome: 'started',
      batch: { made: 0, wanted: 20_000, prefix: 'SAVE' },
    })
    expect(again).toMatchObject({ outcome: 'repeated', batchId: begun.batchId })
    expect(await send('GET', url)).toMatchObject({ status: 'running', made: 0 })
    for (const method of ['GET', 'DELETE'] as const) {
      expect(await send(method, url, undefined, other)).toMatchObject({
        code: 'ERR_BATCH_NOT_FOUND',
      })
    }
    expect(await send('POST', '/v1/codes/batches', asked, other)).toMatchObject({
      code: 'ERR_TEMPLATE_NOT_FOUND',
    })
    expect(
      await send('POST', '/v1/codes/batches', {
        ...asked,
        requestId: 'b',
        length: 4,
        count: 600_000,
      }),
    ).toMatchObject({ status: 409, code: 'ERR_TOO_MANY_CODES' })
    expect(await send('DELETE', url)).toMatchObject({
      outcome: 'cancelled',
      batch: { status: 'cancelled' },
    })
    expect(await takeCodeBatches(app, 1)).toEqual([])
  })

  test('takes codes of a merchant, and says what it left out', async () => {
    const here = await place(app)
    const other = await addShop(app, 'Other')
    const send = async (codes: string[], by = here.shop) => {
      const reply = await server.inject({
        method: 'POST',
        url: '/v1/codes/imports',
        headers: { authorization: `Bearer ${by.apiKey}` },
        payload: { templateId: here.templateId, codes },
      })
      return reply.json()
    }

    expect(await send(['own-1', 'OWN-1', '=x', 'OWN-2'])).toEqual({
      taken: 2,
      leftOut: [
        { line: 2, why: 'import', firstLine: 1 },
        { line: 3, why: 'no_code' },
      ],
    })
    expect(await send(['own-2'])).toEqual({ taken: 0, leftOut: [{ line: 1, why: 'pool' }] })
    expect(await send(['own-3'], other)).toMatchObject({ code: 'ERR_TEMPLATE_NOT_FOUND' })
    expect((await poolOf(here)).rows.map(({ code }) => code)).toEqual(['OWN-1', 'OWN-2'])
  })
})
