import type { Context, MiddlewareFn } from 'telegraf'

import type { AppContext } from '../context.ts'
import { AppError } from '../errors.ts'
import { type StoredMessage, sendMessages } from '../usecases/send-messages.ts'
import { touchPerson } from '../usecases/touch-person.ts'
import { call } from './call.ts'
import { editCall, type Message, sendCall } from './message.ts'
import type { Call } from './outbox-worker.ts'
import { type Texts, textsIn } from './texts.ts'

/** Who has written, pressed or asked, and how they are answered. */
export type Visit = {
  personId: string
  t: Texts
  /** Sends a message to the chat, or to the person where there is no chat, once the handler is done. */
  say: (message: Message) => void
  /** Puts another message in the place of the one whose button was pressed. */
  replace: (message: Message) => void
  /** Tells the person something of a merchant's that is drawn when it is sent, such as a picture. */
  tell: (merchantId: string, kind: string, payload: Record<string, unknown>) => void
  /** Any other call that may wait, such as a change of somebody's menu; for nobody that is known, to a chat. */
  later: (personId: string | undefined, call: Call) => void
  /** Answers the pressed button at once; one that no handler answers is answered without words. */
  answer: (answer: { text?: string; show_alert?: boolean; url?: string }) => Promise<void>
}

export type BotContext = Context & { visit: Visit }

/**
 * Begins and ends every visit: only people are served, never bots or forwarded messages. What a handler
 * says is kept in one statement when it is done, under ids made from the update's, so that a handler
 * that runs again says nothing twice.
 */
export function visits(app: AppContext): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (!ctx.from || ctx.from.is_bot || isSecondHand(ctx)) return
    const personId = `telegram:${ctx.from.id}`
    const isPrivate = ctx.chat?.type === 'private'
    const { language } = await touchPerson(app, {
      personId,
      language: ctx.from.language_code,
      ...(isPrivate && !ctx.myChatMember && { reachable: true }),
    })

    const told: Omit<StoredMessage, 'id'>[] = []
    const keep = (to: string | undefined, { method, params }: Call): void => {
      told.push({ personId: to, kind: 'call', payload: { method, params } })
    }
    const chatId = ctx.chat?.id ?? ctx.from.id
    const inChat = isPrivate || !ctx.chat ? personId : undefined
    let isAnswered = false
    ctx.visit = {
      personId,
      t: textsIn(language),
      say: (message) => keep(inChat, sendCall(chatId, message)),
      replace: (message) => {
        const messageId = ctx.callbackQuery?.message?.message_id
        const target = { chat_id: chatId, message_id: messageId ?? 0 }
        keep(inChat, messageId ? editCall(target, message) : sendCall(chatId, message))
      },
      tell: (merchantId, kind, payload) => told.push({ merchantId, personId, kind, payload }),
      later: keep,
      answer: async (answer) => {
        isAnswered = true
        await answerButton(app, ctx, answer)
      },
    }
    await next().catch((error: unknown) => explain(app, ctx, error))
    if (ctx.callbackQuery && !isAnswered) await answerButton(app, ctx, {})
    await sendMessages(
      app,
      told.map((message, i) => ({
        ...message,
        id: `reply:${app.bot.id}:${ctx.update.update_id}:${String(i).padStart(2, '0')}`,
      })),
    )
  }
}

/** Not written here and now by the person: forwarded, sent via a bot, or in a channel's name. */
function isSecondHand({ message }: Context): boolean {
  return (
    message !== undefined &&
    ('forward_origin' in message || 'via_bot' in message || 'sender_chat' in message)
  )
}

/** An answer that comes too late helps nobody, and trying again would not make it earlier. */
async function answerButton(
  app: AppContext,
  ctx: BotContext,
  answer: { text?: string; show_alert?: boolean; url?: string },
): Promise<void> {
  const id = ctx.callbackQuery?.id
  if (id === undefined) return
  await call(ctx.telegram, 'answerCallbackQuery', { callback_query_id: id, ...answer }).catch(
    (error: unknown) => app.log.info({ err: error }, 'button not answered'),
  )
}

/** What is wrong with the request stays wrong when it is tried again, so the person is told. */
async function explain(app: AppContext, ctx: BotContext, error: unknown): Promise<void> {
  if (!(error instanceof AppError) || error.status >= 500) throw error
  app.log.warn({ err: error }, 'update answered with an error')
  const { t, say, answer } = ctx.visit
  const words = error.code === 'ERR_IDEMPOTENCY_CONFLICT' ? 'request-reused' : 'link-dead'
  if (ctx.callbackQuery) await answer({ text: t.plain(words), show_alert: true })
  else if (ctx.chat?.type === 'private') say({ text: t.html(words) })
}
