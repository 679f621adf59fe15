import { expect, test } from 'vitest'
import { type Json, type TestApi, TOKEN, testApi } from './api.ts'

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a photo is uploaded as multipart, with nested values as JSON text', async () => {
  await using api = await testApi()

  const sent = await upload(api, {
    chat_id: '1001',
    photo: new File([DOT], 'qr.png'),
    caption: '<b>A1</b>',
    parse_mode: 'HTML',
    protect_content: 'true',
    reply_markup: '{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}',
  })

  expect(sent.result).toMatchObject({
    photo: [{ width: 1, height: 1 }],
    caption: 'A1',
    has_protected_content: true,
    reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
  })
  const [message] = await api.sim('/sim/chats/1001/messages?as=1001')
  const file = await fetch(api.url + message.photo)
  expect(file.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await file.arrayBuffer())).toEqual(DOT)
})

test('an upload may have any name that attach:// tells', async () => {
  await using api = await testApi()
  const photo = { chat_id: '1001', photo: 'attach://qr', qr: new File([DOT], 'qr.png') }
  expect(await upload(api, photo)).toMatchObject({ ok: true })
})

test('a photo that was sent can be sent again by its id', async () => {
  await using api = await testApi()
  const sent = await upload(api, { chat_id: '1001', photo: new File([DOT], 'qr.png') })
  const photo = sent.result.photo[0].file_id

  expect(await api.call('sendPhoto', { chat_id: 1001, photo })).toMatchObject({ ok: true })
  expect(await api.call('sendPhoto', { chat_id: 1001, photo: 'unknown' })).toMatchObject({
    description: 'Bad Request: wrong file identifier/HTTP URL specified',
  })
})

test('what is no picture is refused', async () => {
  await using api = await testApi()
  const sent = await upload(api, { chat_id: '1001', photo: new File(['hello'], 'qr.png') })
  expect(sent).toMatchObject({ error_code: 400, description: 'Bad Request: IMAGE_PROCESS_FAILED' })
})

test('a photo may be an address that Telegram can reach', async () => {
  await using api = await testApi()
  const send = (photo: string) => api.call('sendPhoto', { chat_id: 1001, photo })

  expect(await send('https://passalong.example/cards/1.png')).toMatchObject({ ok: true })
  expect(await send('http://127.0.0.1:3000/cards/1.png')).toMatchObject({
    description: 'Bad Request: failed to get HTTP URL content',
  })
  expect(await send('http://localhost/cards/1.png')).toMatchObject({
    description: 'Bad Request: wrong HTTP URL specified',
  })
  const [message] = await api.sim('/sim/chats/1001/messages?as=1001')
  expect(message.photo).toBe('https://passalong.example/cards/1.png')
})

test('the log of calls holds the name of a file, not its bytes', async () => {
  await using api = await testApi()

  await upload(api, { chat_id: '1001', photo: new File([DOT], 'qr.png') })

  const [call] = await api.sim('/sim/calls')
  expect(call).toMatchObject({
    method: 'sendPhoto',
    params: { chat_id: 1001, photo: `<qr.png, ${DOT.length} bytes>` },
  })
})

test('a caption can be edited, and taken away', async () => {
  await using api = await testApi()
  await upload(api, { chat_id: '1001', photo: new File([DOT], 'qr.png'), caption: 'one' })
  const target = { chat_id: 1001, message_id: 1 }

  expect(await api.call('editMessageCaption', { ...target, caption: 'two' })).toMatchObject({
    result: { caption: 'two' },
  })
  expect((await api.call('editMessageCaption', target)).result.caption).toBeUndefined()
  expect(await api.call('editMessageText', { ...target, text: 'x' })).toMatchObject({
    description: 'Bad Request: there is no text in the message to edit',
  })
})

test('a form may be urlencoded as well, and parameters may stand in the address', async () => {
  await using api = await testApi()
  const url = `${api.url}/bot${TOKEN}/sendMessage`
  const markup = '{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}'

  const body = new URLSearchParams({ chat_id: '1001', text: 'form', reply_markup: markup })
  const form = await (await fetch(url, { method: 'POST', body })).json()
  const address = await (await fetch(`${url}?chat_id=1001&text=address`)).json()

  expect([form, address]).toMatchObject([
    { result: { text: 'form', reply_markup: JSON.parse(markup) } },
    { result: { text: 'address' } },
  ])
})

test('JSON that is none is refused', async () => {
  await using api = await testApi()
  const body = new URLSearchParams({ chat_id: '1001', text: 'x', reply_markup: '{"inline' })

  const reply = await fetch(`${api.url}/bot${TOKEN}/sendMessage`, { method: 'POST', body })

  expect(await reply.json()).toMatchObject({
    error_code: 400,
    description: "Bad Request: can't parse reply markup JSON object",
  })
})

async function upload(api: TestApi, fields: Record<string, string | File>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const reply = await fetch(`${api.url}/bot${TOKEN}/sendPhoto`, { method: 'POST', body })
  return (await reply.json()) as Json
}
