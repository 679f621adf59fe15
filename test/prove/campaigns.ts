import { chanceFrom } from './chance.ts'
import { FAULTS, type Fault } from './faults.ts'
import type { Ground } from './ground.ts'
import type { Tally } from './tally.ts'
import { runUnderFault } from './under-fault.ts'

export type Setting = { full: boolean; seed: number; minutes: number | undefined }

export type Campaign = {
  name: string
  run(ground: Ground, setting: Setting): Promise<Tally>
}

/** Everything that is tried, in order. */
export const CAMPAIGNS: readonly Campaign[] = [...FAULTS.map(underFault)]

/** Recovery is promised within a second; on a machine that is busy with other tests it may take longer. */
const RECOVERY_MS = { full: 1000, quick: 5000 }

function underFault(fault: Fault): Campaign {
  return {
    name: fault.name,
    run: (ground, { full, seed, minutes = Number.POSITIVE_INFINITY }) =>
      runUnderFault(ground, fault, {
        times: full ? fault.full : fault.quick,
        chance: chanceFrom(seed),
        until: Date.now() + minutes * 60_000,
        recoveryMs: full ? RECOVERY_MS.full : RECOVERY_MS.quick,
      }),
  }
}
