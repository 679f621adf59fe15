import { expect, test } from 'vitest'

import { BotApiError } from '../../../src/telegram/call.ts'
import { pauseSeconds } from '../../../src/telegram/outbox-worker.ts'
import { verdictOn } from '../../../src/telegram/verdict.ts'

test.each([
  [403, 'Forbidden: bot was blocked by the user', 'unreachable'],
  [403, 'Forbidden: user is deactivated', 'unreachable'],
  [403, "Forbidden: bot can't initiate conversation with a user", 'unreachable'],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'unreachable'],
  [400, 'Bad Request: chat not found', 'unreachable'],
  [400, 'Bad Request: message is not modified: specified new message content and …', 'sent'],
  [400, 'Bad Request: message to edit not found', 'gone'],
  [400, 'Bad Request: MESSAGE_ID_INVALID', 'gone'],
  [400, 'Bad Request: message text is empty', 'refused'],
  [401, 'Unauthorized', 'again'],
  [404, 'Not Found', 'again'],
  [500, 'Internal Server Error', 'again'],
  [502, 'Bad Gateway', 'again'],
  [0, 'No answer', 'again'],
])('%i “%s” means: %s', (code, message, kind) => {
  expect(verdictOn(new BotApiError(code, message)).kind).toBe(kind)
})

test('a flood says how long to wait, and a group that moved says where to', () => {
  const flood = new BotApiError(429, 'Too Many Requests: retry after 7', { retryAfterSeconds: 7 })
  const moved = new BotApiError(400, 'Bad Request: group chat was upgraded', {
    migrateToChatId: -1001,
  })

  expect(verdictOn(flood)).toEqual({ kind: 'wait', seconds: 7 })
  expect(verdictOn(moved)).toEqual({ kind: 'moved', toChatId: -1001 })
})

test('pauses between tries double, with some chance in them, up to a quarter of an hour', () => {
  expect([1, 2, 3, 9].map((attempts) => pauseSeconds(attempts, 0))).toEqual([1, 2, 4, 256])
  expect([1, 2, 3, 10, 50].map((attempts) => pauseSeconds(attempts, 1))).toEqual([
    2, 4, 8, 900, 900,
  ])
})
