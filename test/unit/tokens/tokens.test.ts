import { existsSync, readFileSync } from 'node:fs'
import { CompactEncrypt, EncryptJWT, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'

import { newKey, readKeyRing } from '../../../src/tokens/key-ring.ts'
import { createTokens, startParamOf } from '../../../src/tokens/tokens.ts'

const NOW = new Date('2026-11-22T12:00:00Z')
const KEYS = newKey('2026-11')
const SHARE = { merchantId: 'mer_01m81q6vqchcq5bsv8rc', shareId: 'shr_01m81q6vqca6w0x4d6py' }
const WYCHEPROOF = new URL(
  '../../../../shared/data/vectors/wycheproof_json_web_encryption_test.json',
  import.meta.url,
)

function tokensAt(now: Date, keys = KEYS) {
  return createTokens(keys, () => now)
}

test('a share token opens again, also in the form that startapp takes', async () => {
  const tokens = tokensAt(NOW)
  const token = await tokens.sealShare(SHARE)

  expect(await tokens.openShare(token)).toEqual(SHARE)
  expect(await tokens.openShare(startParamOf(token))).toEqual(SHARE)
  expect(startParamOf(token)).toMatch(/^[\w-]{1,512}$/)
})

test('a token of one purpose opens for no other', async () => {
  const tokens = tokensAt(NOW)
  const share = await tokens.sealShare(SHARE)

  for (const open of [
    (token: string) => tokens.openQuery(token),
    async (token: string) => tokens.openSession(token),
  ]) {
    await expect(open(share)).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' })
  }
  expect(await tokens.openPin(share)).toBeUndefined()
})

test('a token is over when its time is, with two minutes of tolerance', async () => {
  const session = tokensAt(NOW).sealSession({ personId: 'telegram:42', signedAt: NOW })
  const at = async (minutes: number) =>
    tokensAt(new Date(NOW.getTime() + minutes * 60_000)).openSession(session)

  expect(await at(61)).toEqual({ personId: 'telegram:42', signedAt: NOW })
  await expect(at(63)).rejects.toMatchObject({ code: 'ERR_TOKEN_EXPIRED' })
})

test('keys rotate: the newest makes tokens, older ones still open theirs, dropped ones do not', async () => {
  const old = newKey('old')
  const before = await tokensAt(NOW, old).sealShare(SHARE)
  const overlapping = tokensAt(NOW, `${KEYS},${old}`)

  expect(await overlapping.openShare(before)).toEqual(SHARE)
  expect(await tokensAt(NOW).openShare(await overlapping.sealShare(SHARE))).toEqual(SHARE)
  await expect(tokensAt(NOW).openShare(before)).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' })
})

test('every changed character makes a token invalid, and all are answered alike', async () => {
  const tokens = tokensAt(NOW)
  const token = await tokens.sealShare(SHARE)

  for (let i = 0; i < token.length - 1; i++) {
    const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1)
    await expect(tokens.openShare(changed), `character ${i}`).rejects.toMatchObject({
      code: 'ERR_TOKEN_INVALID',
      message: 'This link is not valid.',
    })
  }
})

describe('a session', () => {
  const session = tokensAt(NOW).sealSession({ personId: 'telegram:42', signedAt: NOW })
  const [header = '', claims = '', signature = ''] = session.split('.')
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

  test('is a JWT that jose verifies with the same key', async () => {
    const { signing } = readKeyRing(KEYS).newest

    const { payload, protectedHeader } = await jwtVerify(session, signing, {
      issuer: 'passalong',
      audience: 'session',
      currentDate: NOW,
    })
    expect(protectedHeader).toEqual({ alg: 'HS256', kid: '2026-11', typ: 'session+jwt' })
    expect(payload).toMatchObject({ sub: 'telegram:42' })
  })

  test('with one changed character is none', () => {
    for (let i = 0; i < session.length - 1; i++) {
      const changed = session.slice(0, i) + (session[i] === 'A' ? 'B' : 'A') + session.slice(i + 1)
      expect(() => tokensAt(NOW).openSession(changed), `character ${i}`).toThrow(
        'This link is not valid.',
      )
    }
  })

  test.each([
    ['no algorithm', `${encoded({ alg: 'none', kid: '2026-11', typ: 'session+jwt' })}.${claims}.`],
    ['another algorithm', `${encoded({ alg: 'HS512', kid: '2026-11' })}.${claims}.${signature}`],
    ['no signature', `${header}.${claims}.`],
    ['claims of its own', `${header}.${encoded({ sub: 'telegram:1', exp: 9e9 })}.${signature}`],
    ['nothing', ''],
    ['ten million characters', 'e'.repeat(10_000_000)],
  ])('with %s is none', (_, token) => {
    expect(() => tokensAt(NOW).openSession(token)).toThrow('This link is not valid.')
  })

  test('of another key is none, and of an older one is', () => {
    const old = newKey('old')
    const before = tokensAt(NOW, old).sealSession({ personId: 'telegram:7', signedAt: NOW })

    expect(() => tokensAt(NOW).openSession(before)).toThrow('This link is not valid.')
    expect(tokensAt(NOW, `${KEYS},${old}`).openSession(before).personId).toBe('telegram:7')
  })
})

describe('tokens that others would have us open', () => {
  const { newest } = readKeyRing(KEYS)
  const claims = () =>
    new EncryptJWT({ m: 'x', s: 'y' }).setIssuer('passalong').setAudience('share').setIssuedAt(NOW)
  const header = { alg: 'dir', enc: 'A256GCM', kid: newest.kid, typ: 'share+jwt' } as const

  test('without an end or an id', async () => {
    const forever = await claims()
      .setJti('x')
      .setProtectedHeader(header)
      .encrypt(await newest.sealing)

    await expect(tokensAt(NOW).openShare(forever)).rejects.toMatchObject({
      code: 'ERR_TOKEN_INVALID',
    })
  })

  test('packed with zip', async () => {
    const packed = await new CompactEncrypt(new TextEncoder().encode('{}'.padEnd(100_000)))
      .setProtectedHeader({ ...header, zip: 'DEF' })
      .encrypt(await newest.sealing)
      .catch(() => 'not made')

    await expect(tokensAt(NOW).openShare(packed)).rejects.toMatchObject({
      code: 'ERR_TOKEN_INVALID',
    })
  })

  test('of ten million characters, at once', async () => {
    const started = performance.now()

    await expect(tokensAt(NOW).openShare('e'.repeat(10_000_000))).rejects.toMatchObject({
      code: 'ERR_TOKEN_INVALID',
    })
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test.skipIf(!existsSync(WYCHEPROOF))(
    'none of the Wycheproof JWE vectors opens (skipped where they are not there)',
    async () => {
      const { testGroups } = JSON.parse(readFileSync(WYCHEPROOF, 'utf8')) as {
        testGroups: { tests: { jwe: unknown }[] }[]
      }
      const jwes = testGroups
        .flatMap(({ tests }) => tests)
        .flatMap(({ jwe }) => (typeof jwe === 'string' ? [jwe] : []))
      const tokens = tokensAt(NOW)

      expect(jwes.length).toBeGreaterThan(50)
      for (const jwe of jwes) {
        await expect(tokens.openShare(jwe)).rejects.toMatchObject({ code: 'ERR_TOKEN_INVALID' })
      }
    },
  )
})
