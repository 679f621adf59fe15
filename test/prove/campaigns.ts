import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { catchSeededBugs, raceAndAudit } from './catch-bugs.ts'

import { chanceFrom } from './chance.ts'
import { mountSmallDisk } from './disk.ts'
import { tryEveryStep } from './every-step.ts'
import { diskFull, FAULTS, type Fault, wrongClock } from './faults.ts'
import type { Ground } from './ground.ts'
import { tryInterleavings } from './interleavings.ts'
import { judgeBooks } from './judge.ts'
import { openPlace, type Place } from './place.ts'
import { tryRules } from './rules.ts'
import { trySequences } from './sequences.ts'
import { openStage, type Stage } from './stage.ts'
import { newTally, type Tally } from './tally.ts'
import { tryTelegram } from './telegram.ts'
import { runUnderFault } from './under-fault.ts'

export type Setting = {
  full: boolean
  seed: number
  minutes: number | undefined
  /** Where the quick form, which is in a hurry, lets all faults strike. */
  stage?: Promise<Stage>
  atEnd: AsyncDisposableStack
}

export type Campaign = {
  name: string
  /** It takes too long for the quick form. */
  isLong?: boolean
  run(ground: Ground, setting: Setting): Promise<Tally>
}

/** Everything that is tried, in order. */
export const CAMPAIGNS: readonly Campaign[] = [
  {
    name: 'rules, one after the other',
    run: inPlace(({ world }, tally) => tryRules(world, tally)),
  },
  {
    name: 'races of four processes',
    run: inPlace((place, tally, { full }) => raceAndAudit(place, tally, full ? 500 : 4)),
  },
  { name: 'death at every statement', run: inPlace((place, tally) => tryEveryStep(place, tally)) },
  {
    name: 'sequences against a model',
    run: inPlace(
      (place, tally, { full, seed }) =>
        trySequences(place, tally, { runs: full ? 10_000 : 30, seed }),
      ({ full }) => ({ known: full ? 50_000 : 3000 }),
    ),
  },
  {
    name: 'orders of statements',
    run: inPlace((place, tally, { full, seed }) =>
      tryInterleavings(place, tally, { runs: full ? 5000 : 20, seed }),
    ),
  },
  ...FAULTS.map(underFault),
  { name: 'disk full', run: onSmallDisk },
  { name: 'clock turned by faketime', run: underFaketime },
  {
    name: 'Telegram out of order',
    run: inPlace((place, tally, { full }) =>
      tryTelegram(place, tally, full ? { people: 400, silences: 8 } : { people: 40, silences: 0 }),
    ),
  },
  {
    name: 'seeded bugs',
    run: (ground, { seed, full }) =>
      catchSeededBugs(ground, chanceFrom(seed), {
        full,
        tell: (words) => process.stdout.write(`${words}\n`),
      }),
  },
]

/** A campaign with all processes in this one, and an audit at the end. */
function inPlace(
  attempt: (place: Place, tally: Tally, setting: Setting) => Promise<void>,
  sizeFor: (setting: Setting) => { known?: number } = () => ({}),
): Campaign['run'] {
  return async (ground, setting) => {
    await using place = await openPlace(ground, chanceFrom(setting.seed), sizeFor(setting))
    const tally = newTally()
    await attempt(place, tally, setting)
    await judgeBooks(place.world.app.db, tally)
    return tally
  }
}

/** Recovery is promised within a second; on a machine that is busy with other tests it may take longer. */
const RECOVERY_MS = { full: 1000, quick: 5000 }

function underFault(fault: Fault): Campaign {
  return {
    name: fault.name,
    isLong: fault.quick === 0,
    run: async (ground, setting) => {
      const { full, seed, minutes = Number.POSITIVE_INFINITY } = setting
      await using own = full || fault.stage ? await openStage(ground, fault.stage) : undefined
      const stage = own ?? (await sharedStage(ground, setting))
      return await runUnderFault(stage, fault, {
        times: full ? fault.full : fault.quick,
        chance: chanceFrom(seed),
        until: Date.now() + minutes * 60_000,
        recoveryMs: full ? (fault.recoveryMs ?? RECOVERY_MS.full) : RECOVERY_MS.quick,
      })
    },
  }
}

async function onSmallDisk(ground: Ground, setting: Setting): Promise<Tally> {
  await using disk = await mountSmallDisk(await ground.serverUser())
  if (!disk) return skipped('no disk can be mounted here')
  return await underFault(diskFull(disk)).run(ground, setting)
}

async function underFaketime(ground: Ground, setting: Setting): Promise<Tally> {
  const stage = { sessionOffMs: 3600_000, wrapper: ['faketime', '-f', '+1h'] }
  const there = await promisify(execFile)('faketime', ['--version']).catch(() => undefined)
  if (!there) return skipped('faketime is not installed')
  return underFault({ ...wrongClock('clock turned by faketime'), stage }).run(ground, setting)
}

function skipped(why: string): Tally {
  const tally = newTally()
  tally.skipped = why
  return tally
}

async function sharedStage(ground: Ground, setting: Setting): Promise<Stage> {
  if (!setting.stage) {
    const opening = openStage(ground)
    setting.stage = opening
    setting.atEnd.defer(async () => (await opening)[Symbol.asyncDispose]())
  }
  return setting.stage
}
