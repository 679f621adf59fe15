import type { Delivery } from '../../orders/source.ts'

/** What goes in at once: so many orders, or so many lines of them. */
const MOST_ITEMS = 200
const MOST_LINES = 5_000

/** Deliveries a batch at a time, in their order. The last one may be small, and none is empty. */
export async function* inBatches(deliveries: AsyncIterable<Delivery>): AsyncGenerator<Delivery[]> {
  let batch: Delivery[] = []
  let lines = 0
  for await (const delivery of deliveries) {
    batch.push(delivery)
    lines += delivery.kind === 'skipped' ? 0 : delivery.lines.length
    if (batch.length < MOST_ITEMS && lines < MOST_LINES) continue
    yield batch
    batch = []
    lines = 0
  }
  if (batch.length > 0) yield batch
}
