import type { AppContext } from '../context.ts'
import { readOwnCode } from '../domain/code.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { importCodes as storeCodes } from '../store/codes.ts'

/** A code as it stands in a file, and the line on which it does; `fault` where the line cannot be read. */
type WrittenCode = { line: number; text: string; fault?: string }

/** A code that was not taken: it is none, it stands in the file before, in the pool, or on a voucher. */
export type LeftOut = WrittenCode & {
  why: 'no_code' | 'import' | 'pool' | 'voucher'
  /** Of the same code, where it is known. */
  firstLine?: number
}

export type CodesImport = {
  merchantId: string
  templateId: string
  codes: AsyncIterable<WrittenCode>
  /** `telegram:42` or `cli`. */
  by: string
}

/** So many are written in one statement. */
const CHUNK = 5_000

/**
 * Takes a merchant's own codes into the pool of some vouchers, a chunk at a time, and says after each how
 * many were taken and what was left out. The same file again changes nothing.
 */
export async function* importCodes(
  app: AppContext,
  { codes, ...into }: CodesImport,
): AsyncGenerator<{ taken: number; leftOut: LeftOut[] }> {
  const batchId = newId('cbt')
  let chunk = new Map<string, WrittenCode>()
  let leftOut: LeftOut[] = []
  for await (const written of codes) {
    const code = written.fault === undefined ? readOwnCode(written.text) : undefined
    const before = code === undefined ? undefined : chunk.get(code)
    if (code === undefined) leftOut.push({ ...written, why: 'no_code' })
    else if (before) leftOut.push({ ...written, why: 'import', firstLine: before.line })
    else chunk.set(code, written)
    if (chunk.size + leftOut.length < CHUNK) continue
    yield await take(app, { ...into, batchId }, chunk, leftOut)
    chunk = new Map()
    leftOut = []
  }
  if (chunk.size + leftOut.length > 0) yield await take(app, { ...into, batchId }, chunk, leftOut)
}

/** Takes a list of codes at once; lines are their places in it, counted from 1. */
export async function takeCodes(
  app: AppContext,
  { codes, ...into }: Omit<CodesImport, 'codes'> & { codes: readonly string[] },
): Promise<{ taken: number; leftOut: LeftOut[] }> {
  const written = codes.map((text, i) => ({ line: i + 1, text }))
  const all = { taken: 0, leftOut: [] as LeftOut[] }
  for await (const chunk of importCodes(app, { ...into, codes: oneByOne(written) })) {
    all.taken += chunk.taken
    all.leftOut.push(...chunk.leftOut)
  }
  return all
}

async function* oneByOne<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

async function take(
  app: AppContext,
  batch: Omit<CodesImport, 'codes'> & { batchId: string },
  chunk: ReadonlyMap<string, WrittenCode>,
  leftOut: readonly LeftOut[],
): Promise<{ taken: number; leftOut: LeftOut[] }> {
  if (chunk.size === 0) return { taken: 0, leftOut: [...leftOut] }
  const { outcome, known } = await storeCodes(
    app.db,
    batch.merchantId,
    { ...batch, changeId: newId('chg') },
    [...chunk.keys()],
  )
  if (outcome === 'unknown_template') {
    throw new AppError('ERR_TEMPLATE_NOT_FOUND', 'There are no such vouchers.')
  }
  const twice = known.flatMap(({ code, known: why }): LeftOut[] => {
    const written = chunk.get(code)
    return written ? [{ ...written, why }] : []
  })
  return {
    taken: chunk.size - twice.length,
    leftOut: [...leftOut, ...twice].sort((a, b) => a.line - b.line),
  }
}
