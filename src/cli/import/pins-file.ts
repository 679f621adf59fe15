import { publicUrlOf } from '../../config.ts'
import type { AppContext } from '../../context.ts'
import { csvText } from '../../csv.ts'
import type { Ingested } from '../../usecases/ingest-orders.ts'
import { chatLinkOf } from '../../usecases/links-of.ts'
import { createFile } from '../create-file.ts'

export type PinsFile = AsyncDisposable & { add(ingested: readonly Ingested[]): Promise<void> }

/**
 * Makes a CSV file for the PIN and the links of every order, which only its owner may read. A file that
 * is there already is left alone. Either link shows the order to whoever opens it first.
 */
export async function createPinsFile(app: AppContext, path: string): Promise<PinsFile> {
  const file = await createFile(path)
  await file.write(csvText([['order', 'pin', 'receipt page', 'receipt chat']]))
  return {
    add: async (ingested) => {
      for (const one of ingested) if (one.kind === 'order') await file.write(lineOf(app, one))
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}

function lineOf(app: AppContext, order: Extract<Ingested, { kind: 'order' }>): string {
  const page = `${publicUrlOf(app.config)}/r/${order.queryToken}`
  return csvText([[order.sourceId, order.pin ?? '', page, chatLinkOf(app.bot, order.reference)]])
}
