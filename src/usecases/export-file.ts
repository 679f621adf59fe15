import type { AppContext } from '../context.ts'
import type { Role } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { exportOf, nextPart, type StoredExport } from '../store/exports.ts'
import { mayExport } from './ask-for-export.ts'

export type ExportQuestion = {
  merchantId: string
  exportId: string
  /** A person sees their own files; an API key sees all of the merchant's. */
  by: string
  role?: Role | undefined
}

/** A file and how far it is. What somebody else has asked for is not there for them. */
export async function exportFor(
  app: AppContext,
  { merchantId, exportId, by, role }: ExportQuestion,
): Promise<StoredExport | undefined> {
  const found = await exportOf(app.db, merchantId, exportId)
  const isTheirs = found && (role === undefined || found.requestedBy === by)
  return isTheirs && mayExport(found.kind, role) ? found : undefined
}

/** The same for somebody who says that there is one. */
export async function showExport(app: AppContext, question: ExportQuestion): Promise<StoredExport> {
  const found = await exportFor(app, question)
  if (found) return found
  throw new AppError('ERR_EXPORT_NOT_FOUND', 'There is no such export. They are kept for a week.')
}

/** The bytes of a file, one part at a time. */
export async function* exportBytes(
  app: AppContext,
  { merchantId, exportId }: Pick<ExportQuestion, 'merchantId' | 'exportId'>,
): AsyncGenerator<Buffer> {
  for (let number = 0; ; ) {
    const part = await nextPart(app.db, merchantId, exportId, number)
    if (!part) return
    number = part.number
    yield part.body
  }
}
