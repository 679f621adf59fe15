import type { SwaggerOptions } from '@fastify/swagger'
import Type from 'typebox'

import { ERROR_STATUS } from '../errors.ts'

/** What each part of the API is entered with, by its tag. */
const ENTERED_WITH: Record<string, Record<string, string[]>[]> = {
  people: [{ session: [] }],
  merchant: [{ apiKey: [] }],
  staff: [{ apiKey: [] }, { session: [] }],
  till: [{ apiKey: [] }, { session: [] }],
}

const Problem = Type.Object({
  type: Type.String(),
  title: Type.String({ description: 'For people; it may change' }),
  status: Type.Integer(),
  code: Type.Enum(Object.keys(ERROR_STATUS), { description: 'Never changes its meaning' }),
})

/** How the API is described at /openapi.json and /docs, beside what the routes say of themselves. */
export const OPENAPI: SwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Passalong',
      description:
        'Orders become vouchers that people pass along. Errors are application/problem+json with a stable code.',
      version: '0.1.0',
    },
    tags: [
      { name: 'people', description: 'With a session from POST /v1/session' },
      { name: 'merchant', description: 'With an API key' },
      { name: 'staff', description: 'With an API key, or a session of staff who manage or read' },
      { name: 'till', description: 'With an API key, or a session of staff' },
      { name: 'operation', description: 'For the operator' },
    ],
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'From POST /v1/session' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'A merchant’s key, pk_…' },
      },
      responses: {
        Problem: {
          description: 'What was wrong',
          content: { 'application/problem+json': { schema: Problem } },
        },
      },
    },
  },
  transformObject: (described) => {
    if (!('openapiObject' in described)) return described.swaggerObject
    const { openapiObject } = described
    for (const path of Object.values(openapiObject.paths ?? {})) {
      for (const operation of [path?.get, path?.put, path?.post, path?.patch, path?.delete]) {
        if (operation) complete(operation)
      }
    }
    return openapiObject
  },
}

const PROBLEM = { $ref: '#/components/responses/Problem' }

type Operation = {
  tags?: string[]
  security?: Record<string, string[]>[]
  responses?: Record<string, unknown>
}

/** Says of a route what all routes of its part have in common. */
function complete(operation: Operation): void {
  operation.security ??= ENTERED_WITH[operation.tags?.[0] ?? ''] ?? []
  operation.responses = { ...operation.responses, '4XX': PROBLEM, '5XX': PROBLEM }
}
