import { randomInt } from 'node:crypto'
import type { TelegramUpdate } from '@gramio/types'
import type { RawUpdates } from '../sim.ts'
import type { World } from '../world.ts'
import { pushUpdate } from './updates.ts'

/** Queues updates as they are given, so that a bot can be shown repeated and disordered ones. */
export function injectUpdates(world: World, { updates, repeat, shuffle }: RawUpdates) {
  const numbered = updates.map(
    (update) => ({ update_id: world.updates.nextId++, ...update }) as TelegramUpdate,
  )
  const repeated = numbered.flatMap((update) => Array.from({ length: repeat ?? 1 }, () => update))
  const ordered = shuffle ? shuffled(repeated) : repeated
  for (const update of ordered) pushUpdate(world, update)
  return { queued: ordered.length }
}

function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items]
  return items.flatMap(() => left.splice(randomInt(left.length), 1))
}
