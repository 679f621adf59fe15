import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { CODE_LENGTH, CODE_LIMITS } from '../../domain/code.ts'
import { AppError, type ErrorCode } from '../../errors.ts'
import { takeCodes } from '../../usecases/import-codes.ts'
import { codeBatchesOf, codeBatchOf } from '../../usecases/list-codes.ts'
import { type CodesRefusal, MOST_CODES, startCodes } from '../../usecases/start-codes.ts'
import { stopCodes } from '../../usecases/stop-codes.ts'
import { Body, ForMerchant, Id, Line, Merchant, RequestId } from '../fields.ts'
import { CodeBatch } from '../schemas.ts'
import type { Server } from '../server.ts'
import { merchantIdOf, tillOf } from '../who.ts'

const params = Type.Object({ id: Id })

const CodesBody = Body({
  merchantId: Merchant,
  templateId: Id,
  count: Type.Integer({ minimum: 1, maximum: MOST_CODES }),
  prefix: Type.Optional(
    Type.String({
      maxLength: CODE_LIMITS.prefix,
      pattern: '^[A-Za-z0-9-]*$',
      description: 'Digits and letters without I, L, O and U, which look like others',
    }),
  ),
  length: Type.Optional(
    Type.Integer({
      minimum: CODE_LIMITS.leastLength,
      maximum: CODE_LIMITS.mostLength,
      description: `Characters of chance, five bits each; ${CODE_LENGTH} when left out`,
    }),
  ),
  requestId: RequestId,
})

const REFUSALS: Record<CodesRefusal, readonly [ErrorCode, string]> = {
  unknown_template: ['ERR_TEMPLATE_NOT_FOUND', 'There are no such vouchers.'],
  too_many: [
    'ERR_TOO_MANY_CODES',
    'These would be more than half of all codes of this length: ask for longer ones.',
  ],
}

/** Codes that wait in a pool until vouchers are given; they are made by a job. */
export function codeRoutes(server: Server, app: AppContext): void {
  server.post(
    '/v1/codes/batches',
    {
      schema: {
        tags: ['staff'],
        body: CodesBody,
        response: {
          200: Type.Object({
            outcome: Type.Enum(['started', 'repeated']),
            batchId: Type.String(),
            batch: CodeBatch,
          }),
        },
      },
    },
    async (request) => {
      const result = await startCodes(app, { ...request.body, ...tillOf(request) })
      if (result.outcome === 'refused') throw new AppError(...REFUSALS[result.reason])
      return { ...result, batchId: result.batch.batchId }
    },
  )
  server.post(
    '/v1/codes/imports',
    {
      bodyLimit: 2 * 1024 * 1024,
      schema: {
        tags: ['staff'],
        description: 'Takes codes of the merchant’s own. The same again changes nothing.',
        body: Body({
          merchantId: Merchant,
          templateId: Id,
          codes: Type.Array(Line(100), { minItems: 1, maxItems: 10_000 }),
        }),
        response: {
          200: Type.Object({
            taken: Type.Integer(),
            leftOut: Type.Array(
              Type.Object({
                line: Type.Integer({ description: 'Counted from 1' }),
                why: Type.Enum(['no_code', 'import', 'pool', 'voucher']),
                firstLine: Type.Optional(Type.Integer()),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { codes, templateId } = request.body
      return takeCodes(app, { ...tillOf(request), templateId, codes })
    },
  )
  server.get(
    '/v1/codes/batches',
    {
      schema: {
        tags: ['staff'],
        querystring: ForMerchant,
        response: { 200: Type.Object({ batches: Type.Array(CodeBatch) }) },
      },
    },
    async (request) => ({ batches: await codeBatchesOf(app, merchantIdOf(request)) }),
  )
  server.get(
    '/v1/codes/batches/:id',
    {
      schema: { tags: ['staff'], params, querystring: ForMerchant, response: { 200: CodeBatch } },
    },
    async (request) => {
      const batch = await codeBatchOf(app, merchantIdOf(request), request.params.id)
      if (!batch) throw unknownBatch()
      return batch
    },
  )
  server.delete(
    '/v1/codes/batches/:id',
    {
      schema: {
        tags: ['staff'],
        description: 'Stops it. What was made stays in the pool.',
        params,
        querystring: ForMerchant,
        response: {
          200: Type.Object({ outcome: Type.Enum(['cancelled', 'unchanged']), batch: CodeBatch }),
        },
      },
    },
    async (request) => {
      const result = await stopCodes(app, { ...tillOf(request), batchId: request.params.id })
      if (!result) throw unknownBatch()
      return result
    },
  )
}

function unknownBatch(): AppError {
  return new AppError('ERR_BATCH_NOT_FOUND', 'There is no such batch of codes.')
}
