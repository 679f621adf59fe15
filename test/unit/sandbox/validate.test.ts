import { expect, test } from 'vitest'
import { Refusal } from '../../../src/sandbox/refusals.ts'
import { readRules } from '../../../src/sandbox/rules/rules.ts'
import { validateCall } from '../../../src/sandbox/validate.ts'
import { article, button } from './api.ts'

const rules = readRules()

const GOOD: [method: string, params: Record<string, unknown>][] = [
  ['getMe', {}],
  ['sendMessage', { chat_id: 1, text: 'x', parse_mode: 'HTML', reply_markup: button() }],
  ['sendMessage', { chat_id: '1', text: 'x', reply_markup: { remove_keyboard: true } }],
  ['sendMessage', { chat_id: 1, text: 'x', reply_markup: { keyboard: [[{ text: 'a' }]] } }],
  ['sendPhoto', { chat_id: 1, photo: 'https://example.com/a.png', caption: 'c' }],
  ['editMessageText', { inline_message_id: 'x', text: 'y' }],
  ['answerInlineQuery', { inline_query_id: '1', results: [article()], is_personal: true }],
  ['answerInlineQuery', { inline_query_id: '1', results: [] }],
  [
    'answerInlineQuery',
    {
      inline_query_id: '1',
      results: [{ type: 'photo', id: '1', photo_file_id: 'abc' }],
      button: { text: 'Open', start_parameter: 'x' },
    },
  ],
  [
    'answerInlineQuery',
    {
      inline_query_id: '1',
      results: [
        { type: 'photo', id: '1', photo_url: 'https://a.b/c.jpg', thumbnail_url: 'https://a.b/d' },
      ],
    },
  ],
  ['savePreparedInlineMessage', { user_id: 1, result: article(), allow_group_chats: true }],
  ['setMyCommands', { commands: [], scope: { type: 'chat', chat_id: 5 }, language_code: 'zh' }],
  ['setChatMenuButton', { menu_button: { type: 'commands' } }],
  ['sendLocation', { chat_id: 1, latitude: 1.5, longitude: 2 }],
  ['sendMediaGroup', { chat_id: 1, media: [{ type: 'photo', media: 'x' }] }],
]

test.each(GOOD)('%s is let through when it is as documented: %j', (method, params) => {
  expect(problemOf(method, params)).toBeUndefined()
})

const BAD: [problem: string, method: string, params: Record<string, unknown>][] = [
  [
    '[sandbox] InlineQueryResultPhoto has no field "photo_file"',
    'answerInlineQuery',
    {
      inline_query_id: '1',
      results: [
        {
          type: 'photo',
          id: '1',
          photo_url: 'https://a.b/c.jpg',
          thumbnail_url: 'https://a.b/d',
          photo_file: 'x',
        },
      ],
    },
  ],
  ['chat_id is empty', 'sendMessage', { text: 'x' }],
  ['message text is empty', 'sendMessage', { chat_id: 1 }],
  ['there is no photo in the request', 'sendPhoto', { chat_id: 1 }],
  [
    '[sandbox] sendMessage has no field "tekst"',
    'sendMessage',
    { chat_id: 1, text: 'x', tekst: 'y' },
  ],
  [
    '[sandbox] sendMessage: Field "text" must be of type String',
    'sendMessage',
    { chat_id: 1, text: 5 },
  ],
  [
    '[sandbox] getChatMember: Field "user_id" must be of type Integer',
    'getChatMember',
    { chat_id: 1, user_id: '5' },
  ],
  ['unsupported parse_mode', 'sendMessage', { chat_id: 1, text: 'x', parse_mode: 'BBCode' }],
  [
    '[sandbox] sendMessage: "parse_mode" is never "html"',
    'sendMessage',
    { chat_id: 1, text: 'x', parse_mode: 'html' },
  ],
  [
    '[sandbox] InlineKeyboardButton has no field "txt"',
    'sendMessage',
    markup([[{ text: 'a', txt: 'b', callback_data: 'c' }]]),
  ],
  [
    'can\'t parse inline keyboard button: Can\'t find field "text"',
    'sendMessage',
    markup([[{ callback_data: 'c' }]]),
  ],
  [
    'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    'sendMessage',
    markup([[{ text: 'a', callback_data: 7 }]]),
  ],
  ['BUTTON_DATA_INVALID', 'sendMessage', markup([[{ text: 'a', callback_data: 'é'.repeat(33) }]])],
  ['BUTTON_DATA_INVALID', 'sendMessage', markup([[{ text: 'a', callback_data: '' }]])],
  [
    '[sandbox] InlineKeyboardButton: "style" is never "blue"',
    'sendMessage',
    markup([[{ text: 'a', callback_data: 'c', style: 'blue' }]]),
  ],
  ['MESSAGE_TOO_LONG', 'answerCallbackQuery', { callback_query_id: '1', text: 'x'.repeat(201) }],
  [
    'can\'t parse inline query result: Can\'t find field "input_message_content"',
    'answerInlineQuery',
    { inline_query_id: '1', results: [{ type: 'article', id: '1', title: 't' }] },
  ],
  [
    'can\'t parse inline query result: Can\'t find field "id"',
    'answerInlineQuery',
    { inline_query_id: '1', results: [{ ...article(), id: undefined }] },
  ],
  [
    "can't parse inline query result: unsupported type specified",
    'answerInlineQuery',
    { inline_query_id: '1', results: [{ ...article(), type: 'poster' }] },
  ],
  [
    'RESULT_ID_INVALID',
    'answerInlineQuery',
    { inline_query_id: '1', results: [article('x'.repeat(65))] },
  ],
  [
    'START_PARAM_INVALID',
    'answerInlineQuery',
    { inline_query_id: '1', results: [], button: { text: 'a', start_parameter: 'a.b' } },
  ],
  ['BOT_COMMAND_INVALID', 'setMyCommands', { commands: [{ command: 'Orders', description: 'x' }] }],
  [
    'can\'t parse BotCommand: Can\'t find field "description"',
    'setMyCommands',
    { commands: [{ command: 'orders' }] },
  ],
  [
    '[sandbox] getUpdates: "allowed_updates" is never "mesage"',
    'getUpdates',
    { allowed_updates: ['message', 'mesage'] },
  ],
  [
    'secret token contains unallowed characters',
    'setWebhook',
    { url: 'https://example.com', secret_token: 'a b' },
  ],
]

test.each(BAD)('%s', (problem, method, params) => {
  expect(problemOf(method, params)).toBe(`Bad Request: ${problem}`)
})

function markup(rows: unknown[][]): Record<string, unknown> {
  return { chat_id: 1, text: 'x', reply_markup: { inline_keyboard: rows } }
}

function problemOf(method: string, params: Record<string, unknown>): string | undefined {
  try {
    validateCall(rules, method, JSON.parse(JSON.stringify(params)))
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal) || !error.violation) throw error
    return error.message
  }
}
