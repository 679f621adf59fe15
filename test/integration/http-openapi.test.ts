import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import { ERROR_STATUS } from '../../src/errors.ts'
import type { Server } from '../../src/http/server.ts'
import { testApp } from '../helpers/app.ts'
import { testHttp } from '../helpers/http.ts'

type Operation = { tags: string[]; security?: object[]; responses: Record<string, unknown> }

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

async function description() {
  const { paths, components } = (await server.inject({ url: '/openapi.json' })).json()
  const operations = new Map<string, Operation>()
  for (const [path, methods] of Object.entries<Record<string, Operation>>(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operations.set(`${method.toUpperCase()} ${path}`, operation)
    }
  }
  return { operations, components }
}

test('the description of the API says what each part is entered with', async () => {
  const { operations, components } = await description()
  const enteredWith = (route: string) => operations.get(route)?.security

  expect(components.securitySchemes).toMatchObject({
    session: { type: 'http', scheme: 'bearer' },
    apiKey: { type: 'http', scheme: 'bearer' },
  })
  expect(enteredWith('POST /v1/claims')).toEqual([{ session: [] }])
  expect(enteredWith('PUT /v1/orders/{sourceId}')).toEqual([{ apiKey: [] }])
  expect(enteredWith('POST /v1/redemptions')).toEqual([{ apiKey: [] }, { session: [] }])
  expect(enteredWith('PATCH /v1/campaigns/{id}')).toEqual([{ apiKey: [] }, { session: [] }])
  expect(enteredWith('POST /v1/session')).toEqual([])
  expect(enteredWith('GET /healthz')).toEqual([])
})

test('the description of the API says how every refusal looks, with every code', async () => {
  const { operations, components } = await description()

  const { schema } = components.responses.Problem.content['application/problem+json']
  expect(schema.properties.code.enum).toEqual(Object.keys(ERROR_STATUS))
  for (const [route, { responses }] of operations) {
    expect({ route, ...responses }).toMatchObject({
      route,
      '4XX': { $ref: '#/components/responses/Problem' },
      '5XX': { $ref: '#/components/responses/Problem' },
    })
  }
})
