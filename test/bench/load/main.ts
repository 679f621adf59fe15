import { readFile } from 'node:fs/promises'

import { answerCalls } from '../children.ts'
import type { Plan } from './request.ts'
import { type Load, openLoad, type Until } from './run.ts'

/** A plan as it is sent: sessions stand in a file, for there are many and they stay the same. */
export type SentPlan = Omit<Plan, 'sessions'> & { sessionsFile: string | null }

/** What the load's process can be asked for. */
export type LoadCalls = {
  open(plan: SentPlan): Promise<void>
  run(until: Until): ReturnType<Load['run']>
  close(): Promise<void>
}

let load: Load | undefined
const read = new Map<string, string[]>()

answerCalls<LoadCalls>({
  open: async ({ sessionsFile, ...plan }) => {
    load = await openLoad({ ...plan, sessions: sessionsFile ? await sessionsIn(sessionsFile) : [] })
  },
  run: async (until) => {
    if (!load) throw new Error('There are no connections.')
    return load.run(until)
  },
  close: async () => load?.close(),
})

async function sessionsIn(file: string): Promise<string[]> {
  const known = read.get(file) ?? (await readFile(file, 'utf8')).split('\n')
  read.set(file, known)
  return known
}
