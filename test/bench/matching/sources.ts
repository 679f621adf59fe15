import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { DataSet } from './data-set.ts'
import { readDataSet } from './read-data-set.ts'
import { synthetic } from './synthetic.ts'

/** Where a set comes from, so that another thread can have it too. */
export type Source = { directory: string; margin?: number | undefined } | { seed: number }

const SHARED = fileURLToPath(new URL('../../../../shared/data/matching/', import.meta.url))

/** The sets that were named; else those that are shared with this project; else people of our own making. */
export function sourcesOf(directories: readonly string[], margin?: number): Source[] {
  if (directories.length > 0) return directories.map((directory) => ({ directory, margin }))
  if (!existsSync(SHARED)) return [{ seed: 1 }]
  return readdirSync(SHARED, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ directory: join(SHARED, name), margin }))
}

/** The set on which promises are tested: shoppers, of whose taste everything is known. */
export function knownSource(): Source {
  const directory = join(SHARED, 'coupon_sim')
  return existsSync(directory) ? { directory } : { seed: 1 }
}

const READ = new Map<string, DataSet>()

/** Reads a set once and keeps it. */
export function setOf(source: Source): DataSet {
  const key = JSON.stringify(source)
  const known = READ.get(key)
  if (known) return known
  const set =
    'seed' in source ? synthetic(source.seed) : readDataSet(source.directory, source.margin)
  READ.set(key, set)
  return set
}
