import { expect, test } from 'vitest'

import { createRouter } from '../../../src/miniapp/state/router.ts'

test('back leads to where somebody came from, and no further than the start', () => {
  const router = createRouter({ screen: 'orders' })
  router.go({ screen: 'receipt' })
  expect(router.mayGoBack.value).toBe(true)

  router.back()
  router.back()

  expect(router.here.value).toEqual({ screen: 'orders' })
  expect(router.mayGoBack.value).toBe(false)
  router.go({ screen: 'receipt' })
  expect(router.mayGoBack.value).toBe(true)
})

test('whoever was brought here by a link finds the wallet behind it', () => {
  const router = createRouter({ screen: 'vouchers' }, { screen: 'opened' })
  expect(router.here.value).toEqual({ screen: 'opened' })

  router.back()

  expect(router.here.value).toEqual({ screen: 'vouchers' })
})

test('what replaces a screen has the same behind it', () => {
  const router = createRouter({ screen: 'orders' })
  router.go({ screen: 'receipt' })

  router.replace({ screen: 'opened' })
  router.back()

  expect(router.here.value).toEqual({ screen: 'orders' })
})

test('a tab has nothing behind it', () => {
  const router = createRouter({ screen: 'vouchers' }, { screen: 'opened' })

  router.switchTo('shares')

  expect(router.here.value).toEqual({ screen: 'shares' })
  expect(router.mayGoBack.value).toBe(false)
})
