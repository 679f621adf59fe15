import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { leaseExports } from '../../src/store/exports.ts'
import { askForExport, type ExportRequest } from '../../src/usecases/ask-for-export.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { exportBytes, showExport } from '../../src/usecases/export-file.ts'
import { makeExport, takeExports } from '../../src/usecases/make-export.ts'
import { purgeSeen } from '../../src/usecases/purge-seen.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { testApp } from '../helpers/app.ts'
import { sessionOf, testHttp } from '../helpers/http.ts'
import { addCampaign, addKnown, addShare, addShop, type Shop } from '../helpers/shop.ts'
import { addRole } from '../helpers/staff.ts'

const ON = new AbortController().signal

test('vouchers are written with their code, and with amounts as their currency is written', async () => {
  await using app = await testApp()
  const { shop, code } = await spendOne(app, { name: '=cmd|x' })

  const lines = (await fileOf(app, { ...of(shop), kind: 'vouchers' })).split('\r\n')

  // a spreadsheet is told that it is UTF-8
  expect(lines[0]).toBe(
    '\u{FEFF}voucher_id,code,campaign,voucher,kind,status,currency,value,redeemed,unused,issued_at,expires_at',
  )
  expect(lines[1]).toMatch(
    new RegExp(
      `^vch_\\w{20},${code},'=cmd\\|x,£5 off,amount_off,redeemed,GBP,5.00,3.00,2.00,\\d{4}-[^,]+Z,\\d{4}-[^,]+Z$`,
    ),
  )
  expect(lines.slice(2)).toEqual([''])
})

test('JSON has an object on each line, with amounts in minor units', async () => {
  await using app = await testApp()
  const { shop } = await spendOne(app)

  const text = await fileOf(app, { ...of(shop), kind: 'redemptions', format: 'json' })

  const rows = text.trimEnd().split('\n')
  expect(rows.map((row) => JSON.parse(row))).toMatchObject([
    {
      requestId: 'r1',
      store: 'Soho',
      storeId: '7',
      redeemedBy: 'api',
      currency: 'GBP',
      amountMinor: 300,
      unusedMinor: 200,
      orderMinor: 2500,
      status: 'succeeded',
    },
  ])
})

test('claims and the ledger are told whole, and no file names a person', async () => {
  await using app = await testApp()
  const { shop } = await spendOne(app)
  const claims = await fileOf(app, { ...of(shop), kind: 'claims' })
  const ledger = await fileOf(app, { ...of(shop), kind: 'ledger', format: 'json' })
  const others: string[] = []
  for (const kind of ['vouchers', 'redemptions', 'codes'] as const) {
    others.push(await fileOf(app, { ...of(shop), kind }))
  }

  expect(claims.split('\r\n')[1]).toMatch(
    /,Autumn,shr_\w{20},R-1,allocated,,vch_\w{20},£5 off,GBP,5.00$/,
  )
  const booked = ledger
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row))
  expect(booked.map(({ cause, amountMinor }) => [cause, amountMinor])).toEqual([
    ['campaign', 1_000_000],
    ['fallback', 100_000],
    ['redemption', 300],
    ['redemption', 200],
    ['voucher', 500],
  ])
  expect([claims, ledger, ...others].join()).not.toContain('telegram:')
})

test('a file can be of one campaign, and is never of another merchant', async () => {
  await using app = await testApp()
  const { shop } = await spendOne(app)
  const { campaignId } = await addCampaign(app, shop, { name: 'Winter' })
  const other = await addShop(app, 'Other')

  const winter = await fileOf(app, { ...of(shop), kind: 'ledger', campaignId })
  const theirs = await fileOf(app, { ...of(other), kind: 'ledger' })

  expect(winter.match(/,Winter,/g)).toHaveLength(2)
  expect(winter).not.toContain('Autumn')
  expect(theirs.split('\r\n')).toHaveLength(2)
  const ask = { ...of(other), kind: 'ledger', format: 'csv', campaignId } as const
  await expect(askForExport(app, ask)).rejects.toMatchObject({ code: 'ERR_CAMPAIGN_NOT_FOUND' })
})

test('a file that is being made is not made twice, and a request id gets its first answer', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const ask = { ...of(shop), kind: 'ledger', format: 'csv' } as const

  const first = await askForExport(app, { ...ask, requestId: 'a' })
  const again = await askForExport(app, ask)
  const other = await askForExport(app, { ...ask, by: 'telegram:1' })
  await makeAll(app)
  const repeated = await askForExport(app, { ...ask, requestId: 'a' })
  const anew = await askForExport(app, ask)

  expect([first, again, other, repeated, anew].map(({ outcome }) => outcome)).toEqual([
    'started',
    'under_way',
    'started',
    'repeated',
    'started',
  ])
  expect([again.exportId, repeated.exportId]).toEqual([first.exportId, first.exportId])
  const reused = askForExport(app, { ...ask, kind: 'claims', requestId: 'a' })
  await expect(reused).rejects.toMatchObject({ code: 'ERR_IDEMPOTENCY_CONFLICT' })
})

test('of many asks at the same moment one file comes', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  for (let round = 0; round < 20; round++) {
    const ask = { ...of(shop), kind: 'ledger', format: 'csv', by: `telegram:${round}` } as const
    const asked = await Promise.all(Array.from({ length: 6 }, () => askForExport(app, ask)))

    expect(new Set(asked.map(({ exportId }) => exportId)).size).toBe(1)
    expect(asked.filter(({ outcome }) => outcome === 'started')).toHaveLength(1)
  }
})

test('whoever takes up a file after a kill goes on behind its last part', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const booked = await bookMany(app, shop, 5_000)
  const { exportId } = await askForExport(app, { ...of(shop), kind: 'ledger', format: 'csv' })
  const stopped = new AbortController()
  const [job] = await takeExports(app, 1)
  let parts = 0
  const dying = { ...app, db: { ...app.db, run: dieAfter(2) } }

  await makeExport(dying, job!, stopped.signal).catch(() => (parts = 1))
  const nobody = await takeExports(app, 1)
  await endLease(app)
  const taken = await makeAll(app)

  expect([parts, nobody.length, taken]).toEqual([1, 0, 1])
  const made = await showExport(app, { merchantId: shop.merchantId, exportId, by: 'api' })
  expect(made).toMatchObject({ status: 'done', rows: booked })
  const ids = (await textOf(app, shop, exportId)).match(/x-\d{5}/g) ?? []
  expect([ids.length, new Set(ids).size]).toEqual([5_000, 5_000])

  function dieAfter(statements: number): AppContext['db']['run'] {
    let left = statements
    return async (statement) => {
      if (left-- === 0) throw new Error('killed')
      return app.db.run(statement)
    }
  }
})

test('two who make the same file at once write each part once', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const booked = await bookMany(app, shop, 5_000)
  for (let round = 0; round < 10; round++) {
    const { exportId } = await askForExport(app, { ...of(shop), kind: 'ledger', format: 'csv' })
    const [job] = await takeExports(app, 1)

    await Promise.all([1, 2, 3].map(() => makeExport(app, job!, ON)))

    const made = await showExport(app, { merchantId: shop.merchantId, exportId, by: 'api' })
    expect(made).toMatchObject({ status: 'done', rows: booked })
    expect((await textOf(app, shop, exportId)).match(/x-\d{5}/g)).toHaveLength(5_000)
  }
})

test('a file on which everybody dies has failed, and whoever asked for it is told', async () => {
  await using app = await testApp()
  const shop = await addShop(app)
  const ask = { ...of(shop), kind: 'ledger', format: 'csv', by: 'telegram:7' } as const
  const { exportId } = await askForExport(app, ask)

  for (let tries = 0; tries < 5; tries++) {
    expect(await leaseExports(app.db, 1)).toHaveLength(1)
    await endLease(app)
  }
  expect(await leaseExports(app.db, 1)).toEqual([])

  expect(await showExport(app, { ...ask, exportId })).toMatchObject({ status: 'failed' })
  const told = await app.db.run(
    ({ sql }) => sql`select kind, person_id from outbox where merchant_id = ${shop.merchantId}`,
  )
  expect(told).toEqual([{ kind: 'export_failed', personId: 'telegram:7' }])
})

test('a file is forgotten a week after it was asked for, with its parts', async () => {
  await using app = await testApp()
  const { shop } = await spendOne(app)
  for (const kind of ['ledger', 'claims'] as const) await fileOf(app, { ...of(shop), kind })
  await app.db.run(
    ({ sql }) => sql`
      update exports set created_at = created_at - interval '7 days'
      where merchant_id = ${shop.merchantId} and kind = 'ledger'`,
  )

  expect(await purgeSeen(app)).toBe(1)

  const left = await app.db.run(
    ({ sql }) => sql`
      select e.kind from export_parts p
      join exports e on e.merchant_id = p.merchant_id and e.id = p.export_id`,
  )
  expect(left).toEqual([{ kind: 'claims' }])
})

describe('over the API', () => {
  let app: AppContext & AsyncDisposable
  let server: Awaited<ReturnType<typeof testHttp>>

  beforeAll(async () => {
    app = await testApp()
    server = await testHttp(app)
  })

  afterAll(async () => {
    await server.close()
    await app[Symbol.asyncDispose]()
  })

  test('over the API a file is asked for, looked after and fetched', async () => {
    const { shop } = await spendOne(app)
    const headers = { authorization: `Bearer ${shop.apiKey}` }
    const get = (url: string) => server.inject({ url, headers })
    const payload = { kind: 'redemptions', format: 'csv' }

    const asked = await server.inject({ method: 'POST', url: '/v1/exports', headers, payload })
    const { exportId } = asked.json()
    const early = await get(`/v1/exports/${exportId}/file`)
    await makeAll(app)
    const state = await get(`/v1/exports/${exportId}`)
    const file = await get(`/v1/exports/${exportId}/file`)

    expect(early.json()).toMatchObject({ status: 409, code: 'ERR_EXPORT_NOT_READY' })
    expect(state.json()).toMatchObject({ status: 'done', rows: 1, kind: 'redemptions' })
    expect(file.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="redemptions-[\d-]+\.csv"$/,
      ),
      'cache-control': 'no-store',
    })
    expect(file.body.split('\r\n')[1]).toContain(',api,,GBP,25.00,3.00,0.00,2.00,succeeded')
    expect(state.json().bytes).toBe(Buffer.byteLength(file.body))
  })

  test('an analyst gets no codes, a cashier nothing, and nobody another’s file', async () => {
    const { shop } = await spendOne(app)
    const { merchantId } = shop
    await addRole(app, shop, 'manager', 31)
    await addRole(app, shop, 'analyst', 32)
    await addRole(app, shop, 'cashier', 33)
    const ask = async (person: number, kind: string) => {
      const headers = await sessionOf(app, person)
      const payload = { kind, format: 'csv' }
      const reply = await server.inject({ method: 'POST', url: '/v1/exports', headers, payload })
      return reply.json<{ code?: string; exportId: string }>()
    }
    const look = async (person: number, path: string) =>
      (await server.inject({ url: `/v1/${path}`, headers: await sessionOf(app, person) }))
        .statusCode

    const vouchers = await ask(31, 'vouchers')
    const ledger = await ask(32, 'ledger')
    const refused = [await ask(32, 'vouchers'), await ask(32, 'codes'), await ask(33, 'ledger')]

    expect(refused.map(({ code }) => code)).toEqual(Array(3).fill('ERR_NOT_ALLOWED'))
    expect(await look(31, `exports/${vouchers.exportId}`)).toBe(200)
    expect(await look(32, `exports/${ledger.exportId}`)).toBe(200)
    expect(await look(32, `exports/${vouchers.exportId}`)).toBe(404)
    expect(await look(32, `exports/${vouchers.exportId}/file`)).toBe(404)
    expect(await look(31, `exports/${ledger.exportId}`)).toBe(404)
    expect(await look(33, 'dashboard')).toBe(403)
    expect(await look(32, `dashboard?merchantId=${merchantId}&from=2026-02-29`)).toBe(400)
    expect(await look(32, 'dashboard')).toBe(200)
  })
})

function of({ merchantId }: Shop) {
  return { merchantId, by: 'api' }
}

async function fileOf(
  app: AppContext,
  request: Omit<ExportRequest, 'format'> & { format?: 'csv' | 'json' },
): Promise<string> {
  const { exportId } = await askForExport(app, { format: 'csv', ...request })
  await makeAll(app)
  return textOf(app, request, exportId)
}

async function textOf(app: AppContext, { merchantId }: { merchantId: string }, exportId: string) {
  const parts = await Array.fromAsync(exportBytes(app, { merchantId, exportId }))
  return Buffer.concat(parts).toString()
}

async function makeAll(app: AppContext): Promise<number> {
  const jobs = await takeExports(app, 10)
  for (const job of jobs) await makeExport(app, job, ON)
  return jobs.length
}

async function endLease(app: AppContext): Promise<void> {
  await app.db.run(
    ({ sql }) => sql`update exports set leased_until = clock_timestamp() where merchant_id <> ''`,
  )
}

/** One voucher of £5 is claimed, and £3 of it spent for an order of £25. */
async function spendOne(app: AppContext, campaign: { name?: string } = {}) {
  const shop = await addShop(app)
  await addCampaign(app, shop, campaign)
  await addKnown(app, shop, 'telegram:21')
  const { token } = await addShare(app, shop, 'telegram:20', 'R-1')
  const by = { kind: 'token', token } as const
  const { voucher } = await claimShare(app, { personId: 'telegram:21', by })
  const code = voucher?.code ?? ''
  await redeemVoucher(app, {
    ...of(shop),
    storeId: shop.storeId,
    code,
    amountMinor: 300,
    orderMinor: 2500,
    requestId: 'r1',
  })
  return { shop, code }
}

/** So many rows in the ledger; answers how many it has in all. */
async function bookMany(app: AppContext, shop: Shop, count: number): Promise<number> {
  const { campaignId } = await addCampaign(app, shop)
  const [all] = await app.db.run(
    ({ sql }) => sql<{ count: number }[]>`
      with booked as (
        insert into ledger (merchant_id, campaign_id, currency, cause, cause_id, from_account, to_account, amount_minor)
        select ${shop.merchantId}, ${campaignId}, 'GBP', 'expiry', 'x-' || lpad(n::text, 5, '0'), 'issued', 'unused', 1
        from generate_series(1, ${count}) n returning 1
      )
      select (select count(*) from booked)::integer + count(*)::integer as count
      from ledger where merchant_id = ${shop.merchantId}`,
  )
  return all?.count ?? 0
}
