import { parseArgs } from 'node:util'

import { CAMPAIGNS, type Campaign, type Setting } from './campaigns.ts'
import { openGround } from './ground.ts'
import { writeResult } from './result.ts'
import { printLine, printSummary } from './table.ts'
import { findingsOf, isClean, type Tally } from './tally.ts'

/**
 * Tries to break Passalong and says what came of it; ends with 1 when anything was lost, over or
 * double, or when a bug that was planted went unnoticed.
 *
 *   npm run prove -- [--full] [--seed N] [--only NAME] [--minutes N] [--write FILE]
 *
 * The quick form takes about a minute. `--full` goes on until everything was tried as often as the
 * table of campaigns says, or until each campaign has had its `--minutes`; `--only` takes the campaigns
 * whose name contains these words.
 */
const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    minutes: { type: 'string' },
    write: { type: 'string' },
  },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000)
await using atEnd = new AsyncDisposableStack()
const setting: Setting = {
  full: values.full,
  seed,
  minutes: values.minutes === undefined ? undefined : Number(values.minutes),
  atEnd,
}
const chosen = CAMPAIGNS.filter(
  ({ name, isLong = false }) => name.includes(values.only) && (values.full || !isLong),
)
process.stdout.write(`${values.full ? 'Full' : 'Quick'} form, seed ${seed}.\n\n`)

const ground = atEnd.use(await openGround(values.full ? [] : ['-c', 'fsync=off']))
const done: { campaign: Campaign; tally: Tally; seconds: number }[] = []
for (const campaign of chosen) {
  const begun = performance.now()
  const tally = await campaign.run(ground, setting)
  const result = { campaign, tally, seconds: (performance.now() - begun) / 1000 }
  done.push(result)
  process.stdout.write(printLine(result))
}
process.stdout.write(printSummary(done))
for (const { campaign, tally } of done) {
  for (const words of findingsOf(tally).slice(0, 20))
    process.stdout.write(`${campaign.name}: ${words}\n`)
}
if (values.write) await writeResult(values.write, setting, done)
if (chosen.length === 0 || !done.every(({ tally }) => isClean(tally))) process.exitCode = 1
