import { execFileSync } from 'node:child_process'
import { get } from 'node:http'
import { expect, test } from 'vitest'

import { clientOf, dataDir, eventually, type Json, startProgram } from './program.ts'

/** Processes of a database server in this directory. */
function serversIn(directory: string): string[] {
  const processes = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
  return processes
    .split('\n')
    .filter((line) => line.includes(`${directory}/`) && line.includes('postgres -D'))
}

/** The status for somebody whose browser believes to talk to another host. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).on('error', reject)
  })
}

test('Ctrl-C stops everything that was started, and the next start finds everything again', async () => {
  await using directory = await dataDir()
  const first = await startProgram(directory.path)
  const [receipt] = await clientOf(first).get('/sandbox/receipts')
  expect(serversIn(directory.path).length).toBe(1)

  expect(await first.end('SIGINT')).toBe(0)
  expect(serversIn(directory.path)).toEqual([])
  await using second = await startProgram(directory.path)
  const [same] = await clientOf(second).get('/sandbox/receipts')

  expect(same.startPayload).toBe(receipt.startPayload)
}, 60_000)

test('the shop of the sandbox has weeks behind it, which its owner sees', async () => {
  await using directory = await dataDir()
  await using program = await startProgram(directory.path, { SANDBOX_WEEKS: '1' })
  const sandbox = clientOf(program)
  const owner = 2001
  const told = (isEnough: (last: Json) => boolean) =>
    eventually(
      async () => (await sandbox.get(`/sim/chats/${owner}/messages?as=${owner}`)).at(-1),
      isEnough,
    )

  await sandbox.post('/sim/messages', { from: owner, chat: owner, text: '/stats' })
  const asked = await told((last) => last.reply_markup)
  const { callback_data: data } = asked.reply_markup.inline_keyboard
    .flat()
    .find(({ text }: Json) => text.includes('Autumn thank-you'))
  await sandbox.post('/sim/callbacks', {
    from: owner,
    chatId: owner,
    messageId: asked.message_id,
    data,
  })

  const answer = await told((last) => last.photo)
  expect(answer.caption).toMatch(/\n[1-9]\d+ vouchers from shares\n/)
}, 60_000)

test('after a kill -9 the next start loses nothing and leaves no second server', async () => {
  await using directory = await dataDir()
  const first = await startProgram(directory.path)
  const [receipt] = await clientOf(first).get('/sandbox/receipts')
  await first.end('SIGKILL')

  const second = await startProgram(directory.path)
  const [same] = await clientOf(second).get('/sandbox/receipts')
  expect(same.startPayload).toBe(receipt.startPayload)
  expect(serversIn(directory.path).length).toBe(1)
  await second.end('SIGINT')

  expect(serversIn(directory.path)).toEqual([])
}, 60_000)

test('a faulty environment stops the start, names every fault and prints no value', async () => {
  await using directory = await dataDir()
  const start = startProgram(directory.path, {
    PORT: 'eighty',
    TOKEN_KEYS: 'secret-key-material',
    PUBLIC_URL: 'shop.example',
  })

  const message = await start.then(
    () => '',
    (error: Error) => error.message,
  )
  for (const name of ['PORT', 'TOKEN_KEYS', 'PUBLIC_URL']) expect(message).toContain(name)
  expect(message).not.toContain('secret-key-material')
})

test('pages and routes answer with headers that keep others out', async () => {
  await using directory = await dataDir()
  await using program = await startProgram(directory.path)

  const page = await fetch(`${program.url}/app/`)
  const elsewhere = await statusFor(`${program.url}/sim/state`, 'evil.example')

  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(elsewhere).toBe(403)
}, 30_000)
