import { setTimeout as delay } from 'node:timers/promises'
import type { FormattedText } from '../format-text.ts'
import { Impossible, refused } from '../refusals.ts'
import type {
  ChosenResult,
  InlineResults,
  SharedPrepared,
  SimInlineResult,
  SimMarkup,
  SimMessage,
  TypedQuery,
} from '../sim.ts'
import type { World } from '../world.ts'
import { newQueryId } from './callbacks.ts'
import { tell } from './events.ts'
import type { StoredFile } from './files.ts'
import { addMessage, messageForReader, newInlineMessageId } from './messages.ts'
import { userOf } from './people.ts'
import { type Place, placeOf } from './places.ts'
import { queueUpdate } from './updates.ts'

export interface InlineQuery {
  id: string
  from: number
  query: string
  askedAt: Date
  answer: InlineAnswer | undefined
  settle: () => void
}

export interface InlineAnswer {
  results: CheckedResult[]
  isPersonal: boolean
  cacheSeconds: number
  button: InlineResults['button']
}

/** A result that has passed every check, with the message that it would become. */
export interface CheckedResult {
  shown: SimInlineResult
  message: ResultMessage
}

export interface ResultMessage {
  text?: FormattedText
  photo?: StoredFile
  caption?: FormattedText
  markup?: SimMarkup
}

export interface Prepared {
  id: string
  person: number
  result: CheckedResult
  allowed: readonly ('users' | 'bots' | 'groups')[]
  expiresAt: Date
}

/** Typed `@bot query` in some chat; waits for the results as a client does. */
export async function typeQuery(world: World, typed: TypedQuery): Promise<InlineResults> {
  const cached = cachedAnswer(world, typed)
  if (cached) return shownAnswer(cached)

  const { promise, resolve } = Promise.withResolvers<void>()
  const query: InlineQuery = {
    id: newQueryId(),
    from: typed.from,
    query: typed.query,
    askedAt: world.now(),
    answer: undefined,
    settle: resolve,
  }
  world.inlineQueries.set(query.id, query)
  queueUpdate(world, 'inline_query', {
    id: query.id,
    from: userOf(world, typed.from),
    query: typed.query,
    offset: '',
    chat_type: typed.chatType ?? 'group',
  })
  await Promise.race([promise, delay(world.patienceMs, undefined, { ref: false })])
  return shownAnswer(query)
}

/** Takes the bot's results: once, and within 10 s. */
export function answerQuery(world: World, id: string, answer: InlineAnswer): void {
  const query = world.inlineQueries.get(id)
  if (!query || query.answer || isStale(world, query)) {
    throw refused('query is too old and response timeout expired or query ID is invalid')
  }
  query.answer = answer
  query.settle()
  tell(world, { kind: 'inline-results', person: query.from, results: shownAnswer(query) })
}

/** The person taps a result: it is posted in their name, via the bot, and the bot gets feedback. */
export function chooseResult(world: World, chosen: ChosenResult): SimMessage {
  const query = world.inlineQueries.get(chosen.queryId)
  const result = query?.answer?.results.find((one) => one.shown.id === chosen.resultId)
  if (!query || !result) throw new Impossible('There is no such inline result.')
  const isCachedForAll = query.answer?.isPersonal === false
  if (query.from !== chosen.from && !isCachedForAll) {
    throw new Impossible('These results were shown to somebody else.')
  }
  const sent = postVia(world, chosen.from, placeOf(world, chosen.from, chosen.chat), result)
  const hasKeyboard = result.message.markup?.inline_keyboard !== undefined
  queueUpdate(world, 'chosen_inline_result', {
    result_id: chosen.resultId,
    from: userOf(world, chosen.from),
    query: query.query,
    ...(hasKeyboard && sent.inline_message_id ? { inline_message_id: sent.inline_message_id } : {}),
  })
  return sent
}

/** The Mini App's `shareMessage`, with the words in which it fails there. */
export function sharePrepared(world: World, shared: SharedPrepared): SimMessage {
  const prepared = world.prepared.get(shared.id)
  if (!prepared || prepared.person !== shared.from || prepared.expiresAt <= world.now()) {
    throw new Impossible('MESSAGE_EXPIRED')
  }
  const place = placeOf(world, shared.from, shared.chat)
  const kind = { bot: 'bots', dialog: 'users', group: 'groups' } as const
  if (!prepared.allowed.includes(kind[place.kind])) throw new Impossible('UNSUPPORTED')
  return postVia(world, shared.from, place, prepared.result)
}

function postVia(world: World, from: number, place: Place, result: CheckedResult): SimMessage {
  const message = addMessage(world, {
    ...result.message,
    place,
    from,
    inlineMessageId: newInlineMessageId(),
  })
  return messageForReader(world, message, from)
}

/**
 * Telegram asks the bot no second time while an answer is in its cache: everybody gets what was
 * answered to one person, unless the answer is personal.
 */
function cachedAnswer(world: World, typed: TypedQuery): InlineQuery | undefined {
  return [...world.inlineQueries.values()].findLast(
    (one) =>
      one.query === typed.query &&
      one.answer !== undefined &&
      (!one.answer.isPersonal || one.from === typed.from) &&
      world.now().getTime() - one.askedAt.getTime() < one.answer.cacheSeconds * 1000,
  )
}

function isStale(world: World, query: InlineQuery): boolean {
  return world.now().getTime() - query.askedAt.getTime() > world.patienceMs
}

function shownAnswer(query: InlineQuery): InlineResults {
  const { answer } = query
  return {
    queryId: query.id,
    answered: answer !== undefined,
    results: answer?.results.map((result) => result.shown) ?? [],
    is_personal: answer?.isPersonal ?? false,
    cache_time: answer?.cacheSeconds ?? 0,
    ...(answer?.button ? { button: answer.button } : {}),
  }
}
