import { expect, test } from 'vitest'

import { ApiProblem } from '../../../src/miniapp/api/problem.ts'
import { createLoading } from '../../../src/miniapp/state/loading.ts'

test('what was there stays to be seen when fetching it again fails', async () => {
  const answers = [Promise.resolve('first'), Promise.reject(new ApiProblem('unreachable'))]
  const loading = createLoading(() => answers.shift() ?? Promise.resolve('third'))

  await loading.refresh()
  await loading.refresh()
  expect(loading.value.value).toBe('first')
  expect(loading.problem.value?.kind).toBe('unreachable')

  await loading.refresh()
  expect(loading.value.value).toBe('third')
  expect(loading.problem.value).toBeUndefined()
})

test('the answer to the latest request counts, in whatever order answers come', async () => {
  const first = Promise.withResolvers<string>()
  const second = Promise.withResolvers<string>()
  const answers = [first.promise, second.promise]
  const loading = createLoading(() => answers.shift() ?? Promise.resolve(''))

  const both = [loading.refresh(), loading.refresh()]
  second.resolve('new')
  await both[1]
  first.resolve('old')
  await both[0]

  expect(loading.value.value).toBe('new')
  expect(loading.isBusy.value).toBe(false)
})
