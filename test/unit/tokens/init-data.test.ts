import { existsSync, readFileSync } from 'node:fs'
import { sign } from '@tma.js/init-data-node'
import { expect, test } from 'vitest'

import { readInitData, signInitData } from '../../../src/tokens/init-data.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const TOKEN = '4200000001:TEST-TOKEN-OF-A-BOT-THAT-IS-NOT-THERE'
const VECTORS = new URL('../../../../shared/data/vectors/initdata_vectors.json', import.meta.url)

function initData(fields: Record<string, string> = {}): string {
  const signed = new Map(
    Object.entries({
      auth_date: String(NOW.getTime() / 1000),
      user: '{"id":42,"language_code":"zh-hans"}',
      ...fields,
    }),
  )
  return new URLSearchParams([...signed, ['hash', signInitData(signed, TOKEN)]]).toString()
}

test('initData that Telegram signed says who opened the app', () => {
  expect(readInitData(initData({ start_param: 'abc' }), TOKEN, NOW)).toEqual({
    userId: '42',
    languageCode: 'zh-hans',
    allowsWriteToPm: false,
    signedAt: NOW,
    startParam: 'abc',
  })
})

test('what another implementation signs is accepted', () => {
  const signed = sign({ user: { id: 7, first_name: '大伟' }, query_id: 'q' } as never, TOKEN, NOW)

  expect(readInitData(signed, TOKEN, NOW)).toMatchObject({ userId: '7' })
})

test('initData is taken for 24 hours, and at most a minute from the future', () => {
  const at = (seconds: number) =>
    readInitData(initData(), TOKEN, new Date(NOW.getTime() + seconds * 1000))

  expect(at(24 * 3600).userId).toBe('42')
  expect(at(-60).userId).toBe('42')
  expect(() => at(24 * 3600 + 1)).toThrow('Telegram did not sign this')
  expect(() => at(-61)).toThrow('Telegram did not sign this')
})

test.each([
  ['another bot’s', initData(), 'other-token'],
  ['a changed user', initData().replace('42', '43'), TOKEN],
  ['no hash', 'user=%7B%22id%22%3A42%7D&auth_date=1', TOKEN],
  ['two users', `${initData()}&user=x`, TOKEN],
  ['a bot', initData({ user: '{"id":42,"is_bot":true}' }), TOKEN],
  ['no user', initData({ user: 'null' }), TOKEN],
  ['an id beyond what is exact', initData({ user: '{"id":9007199254740993}' }), TOKEN],
  ['nothing', '', TOKEN],
])('initData with %s is refused', (_what, data, token) => {
  expect(() => readInitData(data, token, NOW)).toThrowError(
    expect.objectContaining({ code: 'ERR_INIT_DATA_INVALID' }),
  )
})

type Vectors = {
  bot_token: string
  now: number
  vectors: { name: string; initData: string; expect: 'accept' | 'reject' | 'either' }[]
}

test.skipIf(!existsSync(VECTORS))(
  'the initData vectors get the verdicts they ask for (skipped where they are not there)',
  () => {
    const { bot_token, now, vectors } = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors
    const wrong = vectors.filter((vector) => {
      const verdict = accepts(vector.initData, bot_token, new Date(now * 1000))
        ? 'accept'
        : 'reject'
      return vector.expect !== 'either' && vector.expect !== verdict
    })

    expect(wrong).toEqual([])
    expect(vectors.filter((vector) => vector.expect === 'accept').length).toBe(3)
  },
)

function accepts(data: string, token: string, now: Date): boolean {
  try {
    return readInitData(data, token, now).userId !== ''
  } catch {
    return false
  }
}
