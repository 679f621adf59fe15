import { tooMany } from '../refusals.ts'
import type { World } from '../world.ts'

/** When something was last sent, oldest first, in milliseconds. */
export type Bucket = number[]

const ALL = { most: 30, withinMs: 1_000 }
const CHAT = { most: 1, withinMs: 1_000 }
const GROUP = { most: 20, withinMs: 60_000 }

/** Counts a message or an edit against the limits, and refuses what is too much. */
export function countSend(world: World, chat: number): void {
  if (!world.buckets) return
  const now = world.now().getTime()
  const limits = [
    { bucket: bucketOf(world.buckets, 'all'), ...ALL },
    { bucket: bucketOf(world.buckets, `chat ${chat}`), ...CHAT },
    ...(chat < 0 ? [{ bucket: bucketOf(world.buckets, `group ${chat}`), ...GROUP }] : []),
  ]
  for (const { bucket, most, withinMs } of limits) {
    while ((bucket[0] ?? now) <= now - withinMs) bucket.shift()
    const oldest = bucket[0]
    if (bucket.length >= most && oldest !== undefined) {
      throw tooMany(Math.max(1, Math.ceil((oldest + withinMs - now) / 1000)))
    }
  }
  for (const { bucket } of limits) bucket.push(now)
}

function bucketOf(buckets: Map<string, Bucket>, key: string): Bucket {
  const known = buckets.get(key)
  if (known) return known
  const bucket: Bucket = []
  buckets.set(key, bucket)
  return bucket
}
