import { expect, test } from 'vitest'

import type { Share } from '../../../src/miniapp/api/answers.ts'
import { shareStatusOf } from '../../../src/miniapp/state/share-status.ts'

test('a share that is running ends at its time; one that is over stays what it is', () => {
  const now = Date.parse('2026-11-22T12:00:00.000Z')
  const shares = (['draft', 'open', 'exhausted', 'revoked'] as const).map(
    (status) => ({ status, expiresAt: new Date(now).toISOString() }) as Share,
  )

  expect(shares.map((share) => shareStatusOf(share, now - 1))).toEqual([
    'draft',
    'open',
    'exhausted',
    'revoked',
  ])
  expect(shares.map((share) => shareStatusOf(share, now))).toEqual([
    'expired',
    'expired',
    'exhausted',
    'revoked',
  ])
})
