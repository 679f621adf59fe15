import type { AppContext } from '../context.ts'
import { CODE_LENGTH, CODE_LIMITS, codeSpace, readPrefix } from '../domain/code.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { batchOf, type CodeBatch, startBatch } from '../store/codes.ts'

export type CodesRequest = {
  merchantId: string
  templateId: string
  count: number
  /** What every code begins with. */
  prefix?: string | undefined
  /** Characters of chance, five bits each; 12 when left out. */
  length?: number | undefined
  requestId: string
  /** `telegram:42` or `cli`; left out: the merchant's own system, `api`. */
  by?: string | undefined
  /** Who makes them at once; left out: whoever does long work. */
  worker?: string | undefined
}

export type CodesRefusal =
  | 'unknown_template'
  /** More than half of all codes of this length and prefix. */
  | 'too_many'

export type CodesResult =
  | { outcome: 'started' | 'repeated'; batch: CodeBatch }
  | { outcome: 'refused'; reason: CodesRefusal }

export const MOST_CODES = 10_000_000

/**
 * Begins to make codes for vouchers of one kind, to be given in the order of the pool. They are made by
 * whoever does long work. So many short codes that somebody could guess one are refused.
 */
export async function startCodes(app: AppContext, request: CodesRequest): Promise<CodesResult> {
  const { merchantId, templateId, count, requestId, by = 'api', worker } = request
  const { prefix, codeLength } = kindOf(request)
  const { outcome, batchId } = await startBatch(app.db, merchantId, {
    batchId: newId('cbt'),
    templateId,
    prefix,
    codeLength,
    wanted: count,
    space: codeSpace(codeLength),
    by,
    requestId,
    changeId: newId('chg'),
    worker,
  })
  if (outcome === 'unknown_template' || outcome === 'too_many') {
    return { outcome: 'refused', reason: outcome }
  }
  const batch = batchId && (await batchOf(app.db, merchantId, batchId))
  if (outcome === 'conflict' || !batch) {
    throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This request was used for something else.')
  }
  app.wakeWork()
  return { outcome, batch }
}

function kindOf({ count, prefix = '', length = CODE_LENGTH }: CodesRequest): {
  prefix: string
  codeLength: number
} {
  const read = readPrefix(prefix)
  if ('refused' in read) {
    throw new AppError(
      'ERR_REQUEST_INVALID',
      `A prefix has digits and letters without I, L, O and U; "${read.refused}" is none of them.`,
    )
  }
  const { leastLength, mostLength, prefix: longest } = CODE_LIMITS
  const isGood =
    read.prefix.length <= longest &&
    Number.isSafeInteger(length) &&
    length >= leastLength &&
    length <= mostLength &&
    Number.isSafeInteger(count) &&
    count >= 1 &&
    count <= MOST_CODES
  if (isGood) return { prefix: read.prefix, codeLength: length }
  throw new AppError(
    'ERR_REQUEST_INVALID',
    `1 to ${MOST_CODES} codes, a prefix of at most ${longest} characters, a length of ${leastLength} to ${mostLength}.`,
  )
}
