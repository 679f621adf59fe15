import { Redis } from 'ioredis'

import { newId } from '../../src/ids.ts'
import type { Bed } from './bed.ts'
import { fillVouchers } from './fill.ts'
import { EVERY_LIMIT, FIVE_KINDS, openPlaces } from './places.ts'
import type { Kind } from './servers/server.ts'
import { teachModel } from './teach-model.ts'

/** One line of the table: which server, what is asked, and what every answer must be. */
export type Variant = {
  name: string
  kind: Kind
  path: string
  expects: 'allocated' | 'allocated|fallback' | 'repeated' | '200'
  /** The links to ask for, lap by lap; within one lap everybody asks once. */
  prepare(bed: Bed, laps: number): Promise<string[][]>
}

const CLAIM = { kind: 'product', path: '/v1/claims', expects: 'allocated' } as const

export const VARIANTS: readonly Variant[] = [
  {
    name: 'hello',
    kind: 'hello',
    path: '/hello',
    expects: '200',
    prepare: async () => [],
  },
  {
    name: 'bare insert',
    kind: 'bareInsert',
    path: '/rows',
    expects: '200',
    prepare: async () => [['a-word-or-two-to-keep']],
  },
  {
    name: 'textbook claim',
    kind: 'textbook',
    path: '/claims',
    expects: 'allocated',
    prepare: (bed, laps) => onEachLap(laps, () => textbookShare(bed)),
  },
  {
    name: 'redis claim',
    kind: 'redisClaim',
    path: '/claims',
    expects: 'allocated',
    prepare: (bed, laps) => onEachLap(laps, () => redisShare(bed)),
  },
  {
    ...CLAIM,
    name: 'claim, one hot share',
    prepare: ({ ground, town }, laps) =>
      onEachLap(laps, async () => tokensOf(await openPlaces(ground, town.main))),
  },
  {
    ...CLAIM,
    name: 'claim, every limit set',
    prepare: ({ ground, town }, laps) =>
      onEachLap(laps, async () =>
        tokensOf(await openPlaces(ground, town.main, { terms: EVERY_LIMIT })),
      ),
  },
  {
    ...CLAIM,
    name: 'claim, half known, matched by the model',
    expects: 'allocated|fallback',
    prepare: (bed, laps) => onEachLap(laps, () => placeOfHalf(bed, 'matched')),
  },
  {
    ...CLAIM,
    name: 'claim, half known, drawn at random',
    expects: 'allocated|fallback',
    prepare: (bed, laps) => onEachLap(laps, () => placeOfHalf(bed, 'random')),
  },
  {
    ...CLAIM,
    name: 'claim, 200 shares',
    prepare: ({ ground, town }, laps) =>
      onEachLap(laps, async () => tokensOf(await openPlaces(ground, town.main, { shares: 200 }))),
  },
  {
    ...CLAIM,
    name: 'claim, 200 campaigns',
    prepare: (bed, laps) => onEachLap(laps, () => twoHundredCampaigns(bed)),
  },
  {
    ...CLAIM,
    name: 'claim, repeated',
    expects: 'repeated',
    prepare: ({ ground, town }) =>
      onEachLap(1, async () => {
        const places = await openPlaces(ground, town.main)
        await fillVouchers(ground.sql, places, ground.people)
        return tokensOf(places)
      }),
  },
]

async function onEachLap<T>(laps: number, prepare: () => Promise<T>): Promise<T[]> {
  const prepared: T[] = []
  for (let lap = 0; lap < laps; lap++) prepared.push(await prepare())
  return prepared
}

/** One hot share with five kinds of vouchers, of a shop that knows every second person; a model has learnt them. */
async function placeOfHalf({ ground, town }: Bed, mode: 'matched' | 'random'): Promise<string[]> {
  if (!town.half) return []
  const places = await openPlaces(ground, town.half, { mode, kinds: FIVE_KINDS })
  if (mode === 'matched') await teachModel(ground, town.half, places[0]?.templateIds ?? [])
  return tokensOf(places)
}

function tokensOf(places: readonly { token: string }[]): string[] {
  return places.map(({ token }) => token)
}

/** Ten campaigns of each of twenty merchants. Person n is a customer of merchant n modulo 20. */
async function twoHundredCampaigns({ ground, town }: Bed): Promise<string[]> {
  const tokens: string[] = []
  for (let round = 0; round < 10; round++) {
    const places = await Promise.all(town.others.map((shop) => openPlaces(ground, shop)))
    tokens.push(...tokensOf(places.flat()))
  }
  return tokens
}

async function textbookShare({ ground: { app, sql }, town }: Bed): Promise<string[]> {
  const shareId = newId('shr')
  await sql`insert into textbook_shares (id, slots) values (${shareId}, 1000000)`
  return [await app.tokens.sealShare({ merchantId: town.main.merchantId, shareId })]
}

async function redisShare({ ground: { app, people }, town, redisPort }: Bed): Promise<string[]> {
  const shareId = newId('shr')
  const redis = new Redis(redisPort ?? 0)
  const amounts = Array.from({ length: people }, (_, i) => String(100 + (i % 900)))
  while (amounts.length > 0) await redis.rpush(`amounts:${shareId}`, ...amounts.splice(0, 10_000))
  redis.disconnect()
  return [await app.tokens.sealShare({ merchantId: town.main.merchantId, shareId })]
}
