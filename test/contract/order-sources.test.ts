import { expect, test } from 'vitest'
import { orderSources } from '../../src/orders/registry.ts'
import type { Delivery, Incoming, Progress, SourceOptions } from '../../src/orders/source.ts'

/**
 * Each source brings the same three deliveries in its own form: EXPECTED; EXPECTED with a broken
 * order A-3 in it, of which only the second line is wrong; something that is no delivery at all.
 */
const DELIVERIES: Record<keyof typeof orderSources, Deliveries> = {
  csv: {
    good: 'good.csv',
    broken: 'broken.csv',
    unreadable: 'unreadable.csv',
    map: 'shop.map.json',
  },
}

type Deliveries = { good: string; broken: string; unreadable: string; map?: string }

const EXPECTED: Incoming[] = [
  {
    kind: 'order',
    sourceId: 'A-1',
    placedAt: new Date('2026-07-14T09:30:00Z'),
    currency: 'GBP',
    totalMinor: 1545,
    customerRef: 'c-1',
    country: 'United Kingdom',
    lines: [
      line('MUG-1', 'Red mug', 2, 450, { category: 'kitchen' }),
      line('MUG-1', 'Red mug', 1, 450, { category: 'kitchen' }),
      line('SHIP', 'Postage', 1, 395, { kind: 'postage' }),
      line('OFF', 'Summer sale', 1, -200, { kind: 'discount' }),
    ],
  },
  {
    kind: 'order',
    sourceId: 'A-2',
    placedAt: new Date('2026-07-14T10:00:00Z'),
    currency: 'GBP',
    totalMinor: 0,
    lines: [line('CATALOGUE', 'CATALOGUE', 1, 0)],
  },
  {
    kind: 'cancellation',
    sourceId: 'C-1',
    cancelledAt: new Date('2026-07-15T08:00:00Z'),
    amountMinor: 450,
    customerRef: 'c-1',
    lines: [line('MUG-1', 'Red mug', 1, 450, { category: 'kitchen' })],
  },
]

for (const name of Object.keys(orderSources) as (keyof typeof orderSources)[]) {
  const read = orderSources[name]
  const { good, broken, unreadable, map } = DELIVERIES[name]

  test(`${name}: orders and cancellations come as they were made`, async () => {
    expect(await all(read(options(good, map)))).toEqual(EXPECTED)
  })

  test(`${name}: reading again says the same`, async () => {
    const first = await all(read(options(broken, map)))

    expect(await all(read(options(broken, map)))).toEqual(first)
  })

  test(`${name}: a broken order is skipped whole, with its place and why, and nothing else is`, async () => {
    const delivered = await all(read(options(broken, map)))

    expect(delivered.filter((delivery) => delivery.kind !== 'skipped')).toEqual(EXPECTED)
    expect(delivered.filter((delivery) => delivery.kind === 'skipped')).toEqual([
      {
        kind: 'skipped',
        line: expect.any(Number),
        sourceId: 'A-3',
        reason: 'bad_quantity',
        detail: expect.stringMatching(/^[A-Z"].*\.$/),
      },
    ])
  })

  test(`${name}: a reader may stop in the middle`, async () => {
    for await (const delivery of read(options(good, map))) {
      expect(delivery).toEqual(EXPECTED[0])
      break
    }
  })

  test(`${name}: progress grows up to the total`, async () => {
    const told: Progress[] = []
    await all(read({ ...options(good, map), onProgress: (progress) => told.push(progress) }))

    const done = told.map(({ bytesDone }) => bytesDone)
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(told.at(-1)?.bytesDone).toBe(told.at(-1)?.bytesTotal)
    expect(told.at(-1)?.bytesTotal).toBeGreaterThan(0)
  })

  test(`${name}: what is no delivery at all is thrown as ERR_FILE_INVALID`, async () => {
    for (const from of [unreadable, 'is-not-there']) {
      const reading = all(read(options(from, map)))
      await expect(reading).rejects.toMatchObject({ code: 'ERR_FILE_INVALID' })
    }
  })

  test(`${name}: a zone or currency that is none is refused before anything is read`, async () => {
    for (const wrong of [{ zone: 'Europe/Nowhere' }, { currency: 'gbp' }, { currency: 'XXX' }]) {
      const reading = all(read({ ...options(good, map), ...wrong }))
      await expect(reading).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' })
    }
  })
}

function line(sku: string, title: string, quantity: number, unitMinor: number, more = {}) {
  return {
    sku,
    title,
    quantity,
    unitMinor,
    amountMinor: quantity * unitMinor,
    kind: 'item' as const,
    ...more,
  }
}

function options(from: string, map: string | undefined): SourceOptions {
  const path = (file: string) => `${import.meta.dirname}/samples/${file}`
  return { from: path(from), currency: 'GBP', zone: 'Europe/London', map: map && path(map) }
}

function all(deliveries: AsyncIterable<Delivery>): Promise<Delivery[]> {
  return Array.fromAsync(deliveries)
}
