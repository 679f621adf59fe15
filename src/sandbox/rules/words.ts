import { misused, type Refusal } from '../refusals.ts'

/** Telegram's words for a value that is too long, too short or of wrong characters. */
const WRONG_LENGTH: Record<string, string> = {
  'InlineKeyboardButton.callback_data': 'BUTTON_DATA_INVALID',
  'CopyTextButton.text': 'BUTTON_COPY_TEXT_INVALID',
  'answerCallbackQuery.text': 'MESSAGE_TOO_LONG',
  'answerInlineQuery.next_offset': 'NEXT_OFFSET_INVALID',
  'InlineQueryResultsButton.start_parameter': 'START_PARAM_INVALID',
  'BotCommand.command': 'BOT_COMMAND_INVALID',
  'BotCommand.description': 'BOT_COMMAND_DESCRIPTION_INVALID',
  'setWebhook.secret_token': 'secret token contains unallowed characters',
}

/** Telegram's words for a parameter that is not there. */
const MISSING: Record<string, string> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  message_id: 'message identifier is not specified',
  photo: 'there is no photo in the request',
  user_id: 'invalid user_id specified',
  callback_query_id: 'query is too old and response timeout expired or query ID is invalid',
  inline_query_id: 'query is too old and response timeout expired or query ID is invalid',
  results: "can't parse inline query results JSON object",
  result: "can't parse inline query result JSON object",
  commands: "can't parse commands JSON object",
  action: 'wrong parameter action in request',
}

const LABELS: [pattern: RegExp, label: string][] = [
  [/^InlineKeyboardButton$/, 'inline keyboard button'],
  [/^KeyboardButton$/, 'keyboard button'],
  [/^(Inline|Reply)Keyboard|^ForceReply$/, 'reply keyboard markup JSON object'],
  [/^InlineQueryResult/, 'inline query result'],
  [/InputMessageContent$|^InputTextMessageContent$/, 'inline query result'],
  [/^MenuButton/, 'menu button'],
  [/^ReplyParameters$/, 'reply parameters'],
  [/^LinkPreviewOptions$/, 'link preview options'],
]

/** How Telegram names an object when it cannot read it. */
export function labelOf(type: string): string {
  return LABELS.find(([pattern]) => pattern.test(type))?.[1] ?? type
}

export function tooLongFor(owner: string, name: string): Refusal | undefined {
  const isResultId = owner.startsWith('InlineQueryResult') && name === 'id'
  const words = isResultId ? 'RESULT_ID_INVALID' : WRONG_LENGTH[`${owner}.${name}`]
  return words ? misused(words) : undefined
}

export function emptyField(name: string): Refusal {
  return misused(MISSING[name] ?? `parameter "${name}" is required`)
}
