import { expect, test } from 'vitest'

import { ConfigError, hasWebhook, isSandbox, publicUrlOf, readConfig } from '../../src/config.ts'
import { newKey } from '../../src/tokens/key-ring.ts'

const BOT_TOKEN = `123456:${'s'.repeat(35)}`
const TOKEN_KEYS = newKey('a')
const PRODUCTION = { BOT_TOKEN, TOKEN_KEYS }

test('nothing needs to be set: then Telegram is played on this machine', () => {
  const config = readConfig({})

  expect(config).toEqual({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: './data',
    TELEGRAM_API_ROOT: 'https://api.telegram.org',
    LOG_LEVEL: 'info',
    SANDBOX_WEEKS: 4,
  })
  expect(isSandbox(config)).toBe(true)
  expect(hasWebhook(config)).toBe(false)
  expect(publicUrlOf(config)).toBe('http://localhost:3000')
})

test('an empty setting is one that is not set, and blanks around one do not count', () => {
  expect(readConfig({ PORT: '', BOT_TOKEN: '  ', HOST: ' ::1\n' })).toEqual(
    readConfig({ HOST: '::1' }),
  )
})

test('what is no setting is left aside', () => {
  expect(readConfig({ PATH: '/bin', PORT_NAME: 'x' })).toEqual(readConfig({}))
})

test.each([
  ['PORT', '65536'],
  ['PORT', '3000.5'],
  ['PORT', 'http'],
  ['PUBLIC_URL', 'https://shop.example/path'],
  ['PUBLIC_URL', 'shop.example'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['BOT_TOKEN', 'token'],
  ['BOT_USERNAME', '@rosewood_bot'],
  ['MINIAPP_NAME', 'my app'],
  ['WEBHOOK_SECRET', 'short'],
  ['TOKEN_KEYS', 'a:tooshort'],
  ['TOKEN_KEYS', `${TOKEN_KEYS},`],
  ['REDIS_URL', 'http://localhost'],
  ['LOG_LEVEL', 'loud'],
  ['TRUST_PROXY', 'true'],
])('a start is refused with %s=%s, by its name and without its value', (name, value) => {
  const message = faultOf({ [name]: value })

  expect(message).toContain(`- ${name} `)
  expect(message).not.toContain(value)
})

test('all faults are named at once', () => {
  expect(faultOf({ PORT: 'x', LOG_LEVEL: 'loud' })).toMatch(
    /^The environment is faulty:\n {2}- PORT .+\n {2}- LOG_LEVEL .+$/,
  )
})

test.each(['0.0.0.0', '192.168.1.7', '::', 'localhost.example'])(
  'the sandbox is for this machine only: it does not start on %s',
  (HOST) => {
    expect(faultOf({ HOST })).toContain('HOST must be a loopback address')
    expect(readConfig({ ...PRODUCTION, HOST })).toMatchObject({ HOST })
  },
)

test('with a bot of one’s own the keys are needed', () => {
  expect(faultOf({ BOT_TOKEN })).toContain('npx passalong keys')
  expect(isSandbox(readConfig(PRODUCTION))).toBe(false)
})

test('a webhook needs an address with https and a secret; without, the bot polls', () => {
  const https = { ...PRODUCTION, PUBLIC_URL: 'https://shop.example' }

  expect(faultOf(https)).toContain('WEBHOOK_SECRET is required')
  expect(hasWebhook(readConfig({ ...https, WEBHOOK_SECRET: 'x'.repeat(16) }))).toBe(true)
  expect(hasWebhook(readConfig({ ...PRODUCTION, PUBLIC_URL: 'http://10.0.0.2:3000' }))).toBe(false)
})

test('several keys are taken, the newest first', () => {
  const TOKEN_KEYS = `${newKey('b')},${newKey('a')}`

  expect(readConfig({ ...PRODUCTION, TOKEN_KEYS })).toMatchObject({ TOKEN_KEYS })
})

function faultOf(environment: Record<string, string>): string {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'no fault'
}
