import type { AppContext } from '../context.ts'
import { addPart, type ExportJob, leaseExports } from '../store/exports.ts'
import { exportChunk } from './export-chunk.ts'

/** Takes files that were asked for and that nobody makes; also those whose maker has died. */
export async function takeExports(app: AppContext, room: number): Promise<ExportJob[]> {
  return leaseExports(app.db, room)
}

/** Says that a file is UTF-8: without it a spreadsheet takes a Chinese name for something else. */
const BYTE_ORDER_MARK = '\u{FEFF}'

/**
 * Makes a file part by part, holding one part at a time. Whoever takes it up after a stop or a kill goes
 * on behind the last part that was written.
 */
export async function makeExport(
  app: AppContext,
  job: ExportJob,
  signal: AbortSignal,
): Promise<void> {
  const { merchantId, exportId, kind, format, createdAt } = job
  const spec = {
    merchantId,
    kind,
    format,
    campaignId: job.campaignId || undefined,
    until: createdAt,
  }
  let reached = job.reached ?? undefined
  for (let { parts } = job; !signal.aborted; parts++) {
    const chunk = await exportChunk(app, spec, reached)
    reached = chunk.reached
    const mark = parts === 0 && format === 'csv' ? BYTE_ORDER_MARK : ''
    const isMine = await addPart(
      app.db,
      { merchantId, exportId, parts },
      {
        body: Buffer.from(mark + chunk.text),
        rows: chunk.rows,
        reached: reached ?? null,
        isLast: chunk.isLast,
      },
    )
    if (!isMine) return
    if (chunk.isLast) return app.wakeOutbox()
  }
}
