/** The shapes of what `/sim/*` takes; sim.ts says what they mean. */
const integer = { type: 'integer' } as const
const string = { type: 'string' } as const
const boolean = { type: 'boolean' } as const

function object(required: Record<string, object>, optional: Record<string, object> = {}) {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  } as const
}

const oneOf = (...values: string[]) => ({ type: 'string', enum: values })
const listOf = (items: object) => ({ type: 'array', items })

export const chat = {
  params: object({ chatId: integer }),
  querystring: object({ as: integer }),
}

export const member = {
  params: object({ id: integer }),
  body: object(
    { member: integer, status: oneOf('member', 'administrator', 'left') },
    { by: integer },
  ),
}

export const newPerson = object(
  { first_name: string },
  { id: integer, last_name: string, username: string, language_code: string, started: boolean },
)

export const newGroup = object(
  { title: string },
  {
    id: integer,
    type: oneOf('group', 'supergroup'),
    members: listOf(integer),
    botIsMember: boolean,
  },
)

export const typedText = object(
  { from: integer, chat: integer, text: string },
  { replyTo: integer },
)
export const startLink = object({ from: integer }, { payload: string, group: integer })

const data = { from: integer, data: string }
export const pressed = {
  type: 'object',
  anyOf: [
    object({ ...data, chatId: integer, messageId: integer }, { forged: boolean }),
    object({ ...data, inlineMessageId: string }, { forged: boolean }),
  ],
}

export const typedQuery = object(
  { from: integer, query: { type: 'string', maxLength: 256 } },
  { chatType: oneOf('sender', 'private', 'group', 'supergroup', 'channel') },
)

export const chosen = object({ from: integer, chat: integer, queryId: string, resultId: string })
export const prepared = object({ from: integer, id: string, chat: integer })

export const launch = object(
  { from: integer, via: oneOf('link', 'button', 'menu') },
  { chat: integer, startParam: string, url: string, platform: string },
)

export const access = object({ from: integer })
export const block = object({ person: integer, blocked: boolean })

export const fault = object(
  {
    kind: oneOf('429', '500', 'timeout', 'migrate', 'cut-after-send'),
    times: { type: 'integer', minimum: 1 },
  },
  { method: string, chat: integer, retryAfter: integer },
)

export const updates = object(
  { updates: listOf({ type: 'object' }) },
  { repeat: { type: 'integer', minimum: 1, maximum: 1000 }, shuffle: boolean },
)
