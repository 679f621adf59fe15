import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Server } from '../../src/http/server.ts'
import { reportMatching } from '../../src/usecases/report-matching.ts'
import { testHttp } from '../helpers/http.ts'
import { type DecidedPlace, decidedPlace } from '../helpers/settled.ts'

let place: DecidedPlace
let server: Server
let headers: { authorization: string }

beforeAll(async () => {
  place = await decidedPlace()
  server = await testHttp(place.app)
  headers = { authorization: `Bearer ${place.shop.apiKey}` }
})

afterAll(async () => {
  await server.close()
  await place[Symbol.asyncDispose]()
})

async function ask(method: 'GET' | 'PATCH' | 'POST', url: string, payload?: object) {
  return (await server.inject({ method, url, headers, ...(payload && { payload }) })).json()
}

test.each([
  { marginBp: 0 },
  { marginBp: 10_001 },
  { marginBp: 40.5 },
  { marginBp: '4000' },
  { controlBp: 5001 },
  { controlBp: -1 },
  { controlBp: null },
  { poolsLearning: 'on' },
  { margin: 40 },
])('%o is refused, and changes nothing', async (change) => {
  const before = await ask('GET', '/v1/matching')

  expect(await ask('PATCH', '/v1/matching', change)).toMatchObject({
    status: 400,
    code: 'ERR_REQUEST_INVALID',
  })
  expect(await ask('GET', '/v1/matching')).toEqual(before)
})

test('how the choice does is read, and what it is told is changed', async () => {
  await reportMatching(place.app, place.shop.merchantId)

  const { settings, reports, prices, currency } = await ask('GET', '/v1/matching')

  expect([settings.marginBp, prices, currency]).toEqual([null, [], 'GBP'])
  expect(reports).toHaveLength(1)
  expect(reports[0]).toMatchObject({ point: 'voucher', outcomes: 1000, stoppedAt: null })
  expect(reports[0].drivers[0].name).toEqual(expect.any(String))
  expect(await ask('PATCH', '/v1/matching', { marginBp: 2500, poolsLearning: true })).toEqual({
    outcome: 'changed',
    settings: { ...settings, marginBp: 2500, poolsLearning: true },
  })
  expect(await ask('PATCH', '/v1/matching', { marginBp: null })).toMatchObject({
    outcome: 'changed',
    settings: { marginBp: null },
  })
})

test('what was not stopped goes on as it is, and there are two points', async () => {
  expect(await ask('POST', '/v1/matching/resume', { point: 'offer' })).toEqual({
    outcome: 'unchanged',
  })
  expect(await ask('POST', '/v1/matching/resume', { point: 'nowhere' })).toMatchObject({
    status: 400,
  })
})
