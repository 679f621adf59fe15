import type { SimEvent } from '../../sim.ts'

export interface Watcher {
  onEvent: (event: SimEvent) => void
  /** Connected, for the first time or again: whatever was known may be old. */
  onOpen: () => void
  onLost: () => void
}

/** How long to wait before asking a server that answered, but not with events. */
const PAUSE_MS = 2000

/** Follows what happens in the simulation, and connects again whenever that ends. */
export function watchEvents(watcher: Watcher): void {
  const source = new EventSource('/sim/events')
  source.onopen = watcher.onOpen
  source.onmessage = ({ data }) => {
    watcher.onEvent(JSON.parse(String(data)) as SimEvent)
  }
  source.onerror = () => {
    watcher.onLost()
    // A lost connection is tried again by the browser, a refusal is not.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => watchEvents(watcher), PAUSE_MS)
  }
}
