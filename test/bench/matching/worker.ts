import { isMainThread, parentPort } from 'node:worker_threads'

import { spend } from './budget.ts'
import { playOnce } from './contest.ts'
import { watchLift } from './lift.ts'
import { openShop } from './pooled.ts'
import { playStages } from './two-stage.ts'
import { coverOnce } from './what-if.ts'

/** What can be asked of a thread beside this one: each takes and answers plain data. */
export const JOBS = { playOnce, watchLift, coverOnce, spend, openShop, playStages }

export type Jobs = typeof JOBS
export type JobName = keyof Jobs
export type Job = { name: JobName; question: unknown }
export type Answer = { result: unknown } | { fault: string }

function answer({ name, question }: Job): Answer {
  try {
    return { result: (JOBS[name] as (question: unknown) => unknown)(question) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

if (!isMainThread) parentPort?.on('message', (job: Job) => parentPort?.postMessage(answer(job)))
