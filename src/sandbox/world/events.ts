import type { SimEvent } from '../sim.ts'
import type { World } from '../world.ts'

/** Shows an event to everybody who watches. */
export function tell(world: World, event: SimEvent): void {
  for (const listener of world.listeners) listener(event)
}

/** Returns how to stop listening. */
export function listen(world: World, listener: (event: SimEvent) => void): () => void {
  world.listeners.add(listener)
  return () => world.listeners.delete(listener)
}
