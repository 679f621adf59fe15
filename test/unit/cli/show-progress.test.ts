import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'

import { showProgress } from '../../../src/cli/show-progress.ts'

test('in a pipe every tenth is a line, which counts orders as soon as there are some', () => {
  const pipe = new PassThrough({ encoding: 'utf8' })
  const display = showProgress(pipe, 'order')
  const told = (percent: number, orders: number) => display.update(percent / 100, orders)

  told(50, 0)
  told(59, 0)
  told(80, 1)
  told(100, 200)
  display.stop()

  expect(pipe.read()).toBe('50 %\n80 %  1 order\n100 %  200 orders\n')
})
