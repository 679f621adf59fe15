import { expect, test } from 'vitest'

import { ApiProblem } from '../../../src/miniapp/api/problem.ts'
import { en } from '../../../src/miniapp/texts/en.ts'
import { tellProblem } from '../../../src/miniapp/words/problem-words.ts'

test('trying again is offered where it can help', () => {
  const problems = [
    new ApiProblem('unreachable'),
    new ApiProblem('busy', { status: 503 }),
    new ApiProblem('busy', { status: 429 }),
    new ApiProblem('broken', { status: 500 }),
    new ApiProblem('signed_out', { status: 401 }),
    new ApiProblem('refused', { status: 400, code: 'ERR_TOKEN_INVALID' }),
    new ApiProblem('refused', { status: 404, code: 'ERR_ORDER_NOT_FOUND' }),
  ]

  const offered = problems.map((problem) => tellProblem(problem, en).mayRetry)

  expect(offered).toEqual([true, true, true, true, false, false, false])
})

test('somebody else’s receipt is told apart from a wrong PIN', () => {
  const told = ['ERR_ORDER_BOUND_TO_OTHER', 'ERR_ORDER_NOT_FOUND'].map(
    (code) => tellProblem(new ApiProblem('refused', { code }), en).title,
  )

  expect(told).toEqual(['Already linked to somebody', 'No such order'])
})

test('a refusal that is not known here is our fault, not the person’s', () => {
  const told = tellProblem(new ApiProblem('refused', { code: 'ERR_UNHEARD_OF' }), en)

  expect(told).toEqual({ title: en.problem.broken, text: en.problem.brokenText, mayRetry: true })
})
