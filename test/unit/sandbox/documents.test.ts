import { expect, test } from 'vitest'

import { type Json, type TestApi, TOKEN, testApi } from './api.ts'

test('a document comes as it was sent, to be saved and never to be shown', async () => {
  await using api = await testApi()
  const page = '<script>alert(1)</script>'

  const sent = await upload(api, {
    chat_id: '1001',
    document: new File([page], 'a "b".html'),
    caption: 'x',
  })

  const { document } = sent.result
  expect(document).toMatchObject({ file_name: 'a "b".html', file_size: page.length })
  const [message] = await api.sim('/sim/chats/1001/messages?as=1001')
  expect(message).toMatchObject({ caption: 'x', document: { name: 'a "b".html' } })
  const file = await fetch(api.url + message.document.address)
  expect(await file.text()).toBe(page)
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="a__b_.html"',
    'x-content-type-options': 'nosniff',
  })
  const again = await api.call('sendDocument', { chat_id: 1001, document: document.file_id })
  expect(again).toMatchObject({ ok: true })
})

test.each([
  ['an empty one', new File([], 'a.csv'), 'Bad Request: file must be non-empty'],
  ['an unknown one', 'nothing', 'Bad Request: wrong file identifier/HTTP URL specified'],
])('%s is refused', async (_, document, description) => {
  await using api = await testApi()

  expect(await upload(api, { chat_id: '1001', document })).toMatchObject({ ok: false, description })
})

async function upload(api: TestApi, fields: Record<string, string | File>): Promise<Json> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const reply = await fetch(`${api.url}/bot${TOKEN}/sendDocument`, { method: 'POST', body })
  return reply.json()
}
