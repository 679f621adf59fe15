import type { SimEvent } from '../../sim.ts'

export interface Watcher {
  onEvent: (event: SimEvent) => void
  /** Connected, for the first time or again: whatever was known may be old. */
  onOpen: () => void
  onLost: () => void
}

/** Follows what happens in the simulation; the browser connects again by itself. */
export function watchEvents(watcher: Watcher): void {
  const source = new EventSource('/sim/events')
  source.onopen = watcher.onOpen
  source.onerror = watcher.onLost
  source.onmessage = (message: MessageEvent<string>) => {
    watcher.onEvent(JSON.parse(message.data) as SimEvent)
  }
}
