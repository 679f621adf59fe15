import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'

import { createPace } from '../../../src/telegram/pace.ts'

/** When each of some turns came, in milliseconds from the first. */
async function turns(chats: readonly (string | undefined)[]): Promise<number[]> {
  const pace = createPace()
  const at: number[] = []
  await Promise.all(chats.map((chat) => pace(chat, async () => at.push(performance.now()))))
  return at.map((moment) => moment - (at[0] ?? 0))
}

function mostWithin(windowMs: number, at: readonly number[]): number {
  return Math.max(
    ...at.map((start) => at.filter((other) => other >= start && other < start + windowMs).length),
  )
}

test('no second sees more than 25 messages, whatever chats they go to', async () => {
  const at = await turns(Array.from({ length: 60 }, (_, i) => `telegram:${i}`))

  expect(mostWithin(1000, at)).toBeLessThanOrEqual(25)
  expect(at.at(-1)).toBeLessThan(3500)
})

test('a chat gets one message a second, and others do not wait for it', async () => {
  const at = await turns(['telegram:1', 'telegram:1', 'telegram:1', 'telegram:2', 'telegram:3'])

  expect(at.filter((moment) => moment < 500)).toHaveLength(3)
  expect(
    mostWithin(
      995,
      at.filter((moment) => moment > 500),
    ),
  ).toBe(1)
})

test('a group gets a message every 3.4 s: 18 in any minute', async () => {
  const at = await turns(['-100123', '-100123'])

  expect(at[1]).toBeGreaterThanOrEqual(3390)
})

test('a message that was long on its way keeps its chat waiting for so much longer', async () => {
  const pace = createPace()
  await pace('telegram:1', () => delay(600))
  const goneAt = performance.now()

  await pace('telegram:1', async () => undefined)

  expect(performance.now() - goneAt).toBeGreaterThanOrEqual(990)
})
