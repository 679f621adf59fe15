import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'

import type { Setting } from './campaigns.ts'
import { median, type Result } from './table.ts'

/** Writes what came of a run, with the machine and the commit, so that it can be compared. */
export async function writeResult(
  file: string,
  { full, seed, minutes }: Setting,
  results: readonly Result[],
): Promise<void> {
  const told = {
    at: new Date().toISOString(),
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim(),
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    node: process.version,
    full,
    seed,
    minutes,
    campaigns: results.map(({ campaign, tally: { recoveriesMs, ...tally }, seconds }) => ({
      name: campaign.name,
      seconds: Math.round(seconds),
      ...tally,
      longestMs: Math.round(tally.longestMs),
      recoveryMs: {
        median: Math.round(median(recoveriesMs)),
        longest: Math.round(Math.max(0, ...recoveriesMs)),
      },
    })),
  }
  await writeFile(file, `${JSON.stringify(told, null, 2)}\n`)
}
