import { type FileHandle, open } from 'node:fs/promises'

import { publicUrlOf } from '../../config.ts'
import type { AppContext } from '../../context.ts'
import type { Ingested } from '../../usecases/ingest-orders.ts'
import { chatLinkOf } from '../../usecases/links-of.ts'
import { CommandFailed, reasonOf } from '../faults.ts'

export type PinsFile = AsyncDisposable & { add(ingested: readonly Ingested[]): Promise<void> }

/**
 * Makes a CSV file for the PIN and the links of every order, which only its owner may read. A file that
 * is there already is left alone. Either link shows the order to whoever opens it first.
 */
export async function createPinsFile(app: AppContext, path: string): Promise<PinsFile> {
  const file = await createFile(path)
  await file.write(csvLine(['order', 'pin', 'receipt page', 'receipt chat']))
  return {
    add: async (ingested) => {
      for (const one of ingested) if (one.kind === 'order') await file.write(lineOf(app, one))
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}

/** A line of CSV as in RFC 4180. What a spreadsheet would take for a formula gets a quote before it. */
function csvLine(cells: readonly string[]): string {
  const quoted = cells
    .map((cell) => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
  return `${quoted.join(',')}\r\n`
}

async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600)
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST'
    const reason = isThere ? 'it is there already, and stays as it is.' : reasonOf(cause)
    throw new CommandFailed(`${path} cannot be written: ${reason}`, { cause })
  }
}

function lineOf(app: AppContext, order: Extract<Ingested, { kind: 'order' }>): string {
  const page = `${publicUrlOf(app.config)}/r/${order.queryToken}`
  return csvLine([order.sourceId, order.pin ?? '', page, chatLinkOf(app.bot, order.reference)])
}
