/** What was read a moment ago, by key. */
export type Recent<Value> = {
  get(key: string): Value | undefined
  keep(key: string, value: Value): void
  forget(key: string): void
}

/** What claims are chosen on, read a moment ago: see the context. */
export function createClaimMemory<Campaign, Model, Ground, Weighed>(): {
  openShares: Recent<{ campaignId: string; sharerId: string }>
  recentCampaigns: Recent<Campaign>
  currentModels: Recent<Model>
  grounds: Recent<Ground>
  weighed: Recent<Weighed>
} {
  return {
    openShares: createRecent({ forMs: 3_600_000, most: 10_000 }),
    recentCampaigns: createRecent({ forMs: 1000, most: 1000 }),
    currentModels: createRecent({ forMs: 3_600_000, most: 200 }),
    grounds: createRecent({ forMs: 600_000, most: 500 }),
    weighed: createRecent({ forMs: 600_000, most: 20_000 }),
  }
}

/** Remembers each value for `forMs`; past `most` values the oldest makes room. */
export function createRecent<Value>(limits: { forMs: number; most: number }): Recent<Value> {
  const { forMs, most } = limits
  const kept = new Map<string, { value: Value; until: number }>()
  return {
    get: (key) => {
      const found = kept.get(key)
      return found && performance.now() < found.until ? found.value : undefined
    },
    keep: (key, value) => {
      kept.delete(key)
      kept.set(key, { value, until: performance.now() + forMs })
      const [oldest] = kept.keys()
      if (oldest !== undefined && kept.size > most) kept.delete(oldest)
    },
    forget: (key) => {
      kept.delete(key)
    },
  }
}
