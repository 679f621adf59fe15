import type { AppContext } from '../../context.ts'
import { orderSources } from '../../orders/registry.ts'
import type { Incoming, Progress, SourceOptions } from '../../orders/source.ts'
import { ingestOrders } from '../../usecases/ingest-orders.ts'
import type { ProgressDisplay } from '../show-progress.ts'
import { inBatches } from './batches.ts'
import { createPinsFile } from './pins-file.ts'
import { countDelivery, countIngested, countOrders, type Tally } from './tally.ts'

export type TakeRequest = SourceOptions & {
  merchantId: string
  storeSourceId: string
  /** Where the PINs go. */
  pins?: string | undefined
}

/** Takes in a file a batch at a time, and counts what has become of each. */
export async function takeFile(
  app: AppContext,
  { merchantId, storeSourceId, pins, ...options }: TakeRequest,
  tally: Tally,
  display: ProgressDisplay,
): Promise<void> {
  let progress: Progress = { bytesDone: 0, bytesTotal: 1 }
  const show = () => display.update(progress.bytesDone / progress.bytesTotal, countOrders(tally))
  const onProgress = (made: Progress) => {
    progress = made
    show()
  }
  await using pinsFile = pins === undefined ? undefined : await createPinsFile(app, pins)
  for await (const batch of inBatches(orderSources.csv({ ...options, onProgress }))) {
    const items = batch.filter((delivery): delivery is Incoming => delivery.kind !== 'skipped')
    const ingested =
      items.length > 0 ? await ingestOrders(app, { merchantId, storeSourceId, items }) : []
    await pinsFile?.add(ingested)
    for (const delivery of batch) countDelivery(tally, delivery)
    for (const one of ingested) countIngested(tally, one)
    show()
  }
}
