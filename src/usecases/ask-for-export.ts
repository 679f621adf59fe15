import type { AppContext } from '../context.ts'
import { type ExportFormat, type ExportKind, hasCodes } from '../domain/export-files.ts'
import type { Role } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { campaignOf } from '../store/campaigns.ts'
import { addExport, type ExportAsked } from '../store/exports.ts'

export type ExportRequest = {
  merchantId: string
  kind: ExportKind
  format: ExportFormat
  /** Left out: all of the merchant's. */
  campaignId?: string | undefined
  /** `telegram:42`, who gets the file in the chat, or `api`. */
  by: string
  /** Of a person; an API key has none. */
  role?: Role | undefined
  requestId?: string | undefined
}

/** Whether a role may have such a file: an analyst gets none from which vouchers could be spent. */
export function mayExport(kind: ExportKind, role: Role | undefined): boolean {
  if (role === 'cashier') return false
  return role !== 'analyst' || !hasCodes(kind)
}

/**
 * Has a file made in the background. The same file of the same person is made once at a time, and a
 * repeated request id gets its first answer.
 */
export async function askForExport(
  app: AppContext,
  { merchantId, kind, format, campaignId, by, role, requestId }: ExportRequest,
): Promise<ExportAsked> {
  if (!mayExport(kind, role)) {
    throw new AppError('ERR_NOT_ALLOWED', 'Files with codes are for owners and managers.')
  }
  if (campaignId !== undefined && !(await campaignOf(app.db, merchantId, campaignId))) {
    throw new AppError('ERR_CAMPAIGN_NOT_FOUND', 'There is no such campaign.')
  }
  const wanted = {
    id: newId('exp'),
    kind,
    format,
    campaignId: campaignId ?? '',
    requestedBy: by,
    requestId,
  }
  // what was asked for at the same moment is seen by the second look only
  const asked =
    (await addExport(app.db, merchantId, wanted)) ?? (await addExport(app.db, merchantId, wanted))
  if (asked) {
    app.wakeWork()
    return asked
  }
  throw new AppError('ERR_IDEMPOTENCY_CONFLICT', 'This request id was used for something else.')
}
