import { type ReadonlySignal, signal } from '@preact/signals'

import { type ApiProblem, asProblem } from '../api/problem.ts'

/** Something that is fetched, and may be fetched again. What was there stays to be seen meanwhile. */
export type Loading<T> = {
  readonly value: ReadonlySignal<T | undefined>
  readonly problem: ReadonlySignal<ApiProblem | undefined>
  readonly isBusy: ReadonlySignal<boolean>
  refresh: () => Promise<void>
}

/** The answer to the latest request counts, in whatever order answers come. */
export function createLoading<T>(load: () => Promise<T>): Loading<T> {
  const value = signal<T | undefined>(undefined)
  const problem = signal<ApiProblem | undefined>(undefined)
  const isBusy = signal(false)
  let latest = 0

  async function refresh(): Promise<void> {
    const mine = ++latest
    isBusy.value = true
    const outcome = await load().then(
      (loaded) => ({ loaded, failure: undefined }),
      (thrown: unknown) => ({ loaded: undefined, failure: asProblem(thrown) }),
    )
    if (mine !== latest) return
    if (!outcome.failure) value.value = outcome.loaded
    problem.value = outcome.failure
    isBusy.value = false
  }

  return { value, problem, isBusy, refresh }
}
