import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import type { Answer, Job, JobName, Jobs } from './worker.ts'

/** Does jobs on all processors; answers come in the order of what was asked. */
export type Crew = AsyncDisposable & {
  askAll<N extends JobName>(
    name: N,
    questions: readonly Parameters<Jobs[N]>[0][],
  ): Promise<ReturnType<Jobs[N]>[]>
}

export function hire(count: number): Crew {
  const idle = Array.from(
    { length: count },
    () => new Worker(new URL('./worker.ts', import.meta.url)),
  )
  const all = [...idle]
  const waiting: ((worker: Worker) => void)[] = []
  const free = () =>
    new Promise<Worker>((resolve) => {
      const worker = idle.pop()
      if (worker) resolve(worker)
      else waiting.push(resolve)
    })
  const giveBack = (worker: Worker) => {
    const next = waiting.shift()
    if (next) next(worker)
    else idle.push(worker)
  }
  const ask = async (job: Job) => {
    const worker = await free()
    try {
      return await answerOf(worker, job)
    } finally {
      giveBack(worker)
    }
  }
  return {
    askAll: async (name, questions) =>
      (await Promise.all(questions.map((question) => ask({ name, question })))) as ReturnType<
        Jobs[typeof name]
      >[],
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all.map((worker) => worker.terminate()))
    },
  }
}

async function answerOf(worker: Worker, job: Job): Promise<unknown> {
  worker.postMessage(job)
  const [answer] = (await once(worker, 'message')) as [Answer]
  if ('fault' in answer) throw new Error(answer.fault)
  return answer.result
}
