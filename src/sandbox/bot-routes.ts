import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CallContext, MethodName } from './methods/context.ts'
import { METHODS } from './methods/methods.ts'
import { describeParams, type ReceivedCall, readCall } from './read-call.ts'
import { notPlayed, Refusal } from './refusals.ts'
import type { Rules } from './rules/rules.ts'
import { validateCall } from './validate.ts'
import { noteCall } from './world/calls.ts'
import { meetFault } from './world/faults.ts'
import type { World } from './world.ts'

const MAX_BODY_BYTES = 52 * 1024 * 1024

type BotRequest = FastifyRequest<{
  Params: { token: string; method: string }
  Querystring: Record<string, string>
  Body: Buffer | undefined
}>

/** `/bot<token>/<method>`, as on api.telegram.org. */
export function botRoutes(server: FastifyInstance, world: World, rules: Rules): void {
  const methods = new Map(Object.keys(rules.methods).map((name) => [name.toLowerCase(), name]))
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    (_, body, done) => done(null, body),
  )
  server.setErrorHandler((error, _, reply) => {
    const code = (error as { statusCode?: number }).statusCode ?? 500
    return answer(
      reply,
      code === 413 ? new Refusal(413, 'Request Entity Too Large') : brokenBy(error),
    )
  })
  server.all('/bot:token/:method', async (request: BotRequest, reply) => {
    if (!isToken(world, request.params.token))
      return answer(reply, new Refusal(401, 'Unauthorized'))
    const method = methods.get(request.params.method.toLowerCase())
    if (!method) {
      const refusal = new Refusal(404, 'Not Found', { violation: true })
      noteCall(world, request.params.method, {}, refusal)
      return answer(reply, refusal)
    }
    return handle(world, rules, method as MethodName, request, reply)
  })
}

async function handle(
  world: World,
  rules: Rules,
  method: MethodName,
  request: BotRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { signal, gone } = untilGone(reply)
  let call: ReceivedCall = { params: {}, uploads: new Map() }
  const note = (refusal?: Refusal) => noteCall(world, method, describeParams(call), refusal)
  try {
    call = await readCall(rules.methods[method] ?? {}, request)
    const fault = meetFault(world, method, call.params['chat_id'])
    if (fault === 'timeout') {
      note(new Refusal(504, '[sandbox] no answer'))
      await gone
      return reply.hijack()
    }
    validateCall(rules, method, call.params)
    const result = await run({ world, uploads: call.uploads, signal }, method, call.params)
    note()
    return fault ? cut(request, reply) : await reply.send({ ok: true, result })
  } catch (error) {
    const refusal = error instanceof Refusal ? error : brokenBy(error)
    note(refusal)
    return answer(reply, refusal)
  }
}

/** The parameters have been checked against the rules, which say what the types of a method say. */
async function run(context: CallContext, method: MethodName, params: object): Promise<unknown> {
  const play = METHODS[method] as ((context: CallContext, params: object) => unknown) | undefined
  if (!play) throw notPlayed(method)
  return play(context, params)
}

function answer(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { code, message, parameters } = refusal
  return reply.code(code).send({
    ok: false,
    error_code: code,
    description: message,
    ...(parameters ? { parameters } : {}),
  })
}

/** The sandbox itself is at fault; what it says must not pass for Telegram. */
function brokenBy(error: unknown): Refusal {
  const reason = error instanceof Error ? error.message : String(error)
  return new Refusal(500, `Internal Server Error: [sandbox] ${reason}`)
}

function cut(request: BotRequest, reply: FastifyReply): FastifyReply {
  request.raw.socket.destroy()
  return reply.hijack()
}

function isToken(world: World, given: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(world.bot.token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Until the answer is out, or whoever asked has hung up. */
function untilGone(reply: FastifyReply): { signal: AbortSignal; gone: Promise<void> } {
  const controller = new AbortController()
  const { promise, resolve } = Promise.withResolvers<void>()
  reply.raw.once('close', () => {
    controller.abort()
    resolve()
  })
  return { signal: controller.signal, gone: promise }
}
