import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'

import { asProblem } from '../api/problem.ts'
import { tellShopProblem } from '../words/problem-words.ts'
import { createRequestIds } from './request-ids.ts'
import { useApp, useWords } from './use-app.ts'

/**
 * Does something that somebody asked for, and says when it could not be done. The key of a request stays
 * the same until it was answered, so that a repeat changes nothing twice.
 */
export function useDeed() {
  const { say, telegram } = useApp()
  const { texts } = useWords()
  const isBusy = useSignal(false)
  const ids = useMemo(() => createRequestIds(), [])

  /** Answers whether it was done by this tap. */
  async function run(request: object, deed: (key: string) => Promise<unknown>): Promise<boolean> {
    if (isBusy.peek()) return false // a second tap before the first was answered
    isBusy.value = true
    try {
      await deed(ids.idFor(request))
      ids.done(request)
      telegram.feel('success')
      return true
    } catch (thrown) {
      telegram.feel('error')
      say(tellShopProblem(asProblem(thrown), texts).title)
      return false
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy: isBusy.value, run }
}
