import { EXPORT_KINDS, type ExportKind } from '../../domain/export-files.ts'
import type { Role } from '../../domain/views.ts'
import { mayExport } from '../../usecases/ask-for-export.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { callbackButton, code, linesOf } from './parts.ts'

/** The Bot API takes 50 MB; the rest of the call needs some of it. */
const MOST_BYTES = 45_000_000

type Made = { exportId: string; kind: ExportKind; rows: number; bytes: number }

/** What is said of a file that is done, and whether it goes along. */
export function drawExport(
  t: Texts,
  { exportId, kind, rows, bytes }: Made,
  campaign: string | undefined,
): { text: string; hasFile: boolean } {
  if (rows === 0) return { text: t.html('export-empty'), hasFile: false }
  if (bytes > MOST_BYTES) {
    return { text: t.html('export-too-large', { count: rows, id: exportId }), hasFile: false }
  }
  const text = t.html('export-ready', {
    what: t.plain(`export-kind-${kind}`),
    of: campaign ?? t.plain('export-all'),
    count: rows,
  })
  return { text: `📄 ${text}`, hasFile: true }
}

/** Asks which file somebody of that role wants. */
export function drawExportQuestion(t: Texts, merchantId: string, role: Role): Message {
  return {
    text: linesOf(t.html('export-which'), code(t.plain('export-example'))),
    buttons: EXPORT_KINDS.filter((kind) => mayExport(kind, role)).map((kind) => [
      callbackButton(t.plain(`export-kind-${kind}`), `e:${merchantId}:${kind}`),
    ]),
  }
}
