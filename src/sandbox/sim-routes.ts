import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Impossible } from './refusals.ts'
import type {
  Block,
  ChosenResult,
  Fault,
  GroupMember,
  NewGroup,
  NewPerson,
  PressedButton,
  RawUpdates,
  SharedPrepared,
  SimState,
  StartLink,
  TypedQuery,
  TypedText,
  WebAppLaunch,
  WriteAccess,
} from './sim.ts'
import * as schemas from './sim-schemas.ts'
import { pressButton } from './world/callbacks.ts'
import { listen } from './world/events.ts'
import { faultsOf, plantFault } from './world/faults.ts'
import type { StoredDocument } from './world/files.ts'
import { addGroup, setMember, simGroup } from './world/groups.ts'
import { injectUpdates } from './world/inject.ts'
import { chooseResult, sharePrepared, typeQuery } from './world/inline.ts'
import { messageForReader, messagesAt } from './world/messages.ts'
import { addPerson, blockBot, personOf } from './world/people.ts'
import { placeOf } from './world/places.ts'
import { menuFor } from './world/profile.ts'
import { allowWriting, pressStart, typeText } from './world/typing.ts'
import { launchWebApp } from './world/web-apps.ts'
import type { World } from './world.ts'

type ChatRequest = FastifyRequest<{ Params: { chatId: number }; Querystring: { as: number } }>

/**
 * `/sim/*`: what people do in their clients. The table is at the top of sim.ts.
 *
 * Whoever serves the page can register this in a scope of its own server as well, so that the page
 * and the simulation have one origin.
 */
export function simRoutes(server: FastifyInstance, world: World): void {
  server.removeContentTypeParser('text/plain')
  server.addHook('onRequest', refuseStrangers)
  const streams = new Set<() => void>()
  server.addHook('preClose', async () => {
    for (const end of streams) end()
  })
  server.setErrorHandler((error, _, reply) => answerError(error, reply))
  server.options('/sim/*', async (_, reply) => reply.code(204).send())

  server.get('/sim/state', async () => stateOf(world))
  server.get('/sim/events', (_, reply) => streamEvents(world, reply, streams))
  server.get('/sim/calls', async () => world.calls)
  server.get<{ Params: { id: string } }>('/sim/files/:id', async (request, reply) =>
    sendFile(world, request.params.id, reply),
  )
  server.get('/sim/chats/:chatId/messages', { schema: schemas.chat }, async (request) =>
    messagesFor(world, request as ChatRequest),
  )
  server.get('/sim/chats/:chatId/menu', { schema: schemas.chat }, async (request) => {
    const { params, query } = request as ChatRequest
    return menuFor(world, personOf(world, query.as).id, params.chatId)
  })

  const post = <T>(path: string, body: object, act: (body: T) => unknown) =>
    server.post(path, { schema: { body } }, async (request) => act(request.body as T))

  post<NewPerson>('/sim/people', schemas.newPerson, (body) => addPerson(world, body))
  post<NewGroup>('/sim/groups', schemas.newGroup, (body) => addGroup(world, body))
  post<TypedText>('/sim/messages', schemas.typedText, (body) => typeText(world, body))
  post<StartLink>('/sim/start', schemas.startLink, (body) => pressStart(world, body))
  post<PressedButton>('/sim/callbacks', schemas.pressed, (body) => pressButton(world, body))
  post<TypedQuery>('/sim/inline-queries', schemas.typedQuery, (body) => typeQuery(world, body))
  post<ChosenResult>('/sim/inline-results', schemas.chosen, (body) => chooseResult(world, body))
  post<SharedPrepared>('/sim/prepared', schemas.prepared, (body) => sharePrepared(world, body))
  post<WebAppLaunch>('/sim/webapps', schemas.launch, (body) => launchWebApp(world, body))
  post<WriteAccess>('/sim/write-access', schemas.access, (body) => allowWriting(world, body))
  post<Block>('/sim/block', schemas.block, (body) => blockBot(world, body.person, body.blocked))
  post<Fault>('/sim/faults', schemas.fault, (body) => plantFault(world, body))
  post<RawUpdates>('/sim/updates', schemas.updates, (body) => injectUpdates(world, body))

  server.post('/sim/groups/:id/members', { schema: schemas.member }, async (request) => {
    const { id } = request.params as { id: number }
    return setMember(world, id, request.body as GroupMember)
  })
  server.delete('/sim/faults', async () => {
    world.faults.length = 0
    return faultsOf(world)
  })
}

function stateOf(world: World): SimState {
  const { id, username, firstName, appName, miniAppOrigin, telegramKey } = world.bot
  const { names, descriptions, shortDescriptions } = world.profile
  return {
    bot: {
      id,
      username,
      first_name: names.get('') ?? firstName,
      description: descriptions.get('') ?? '',
      short_description: shortDescriptions.get('') ?? '',
      appName,
      miniAppOrigin,
      telegramPublicKey: telegramKey.publicKey.export({ format: 'jwk' }).x ?? '',
    },
    people: [...world.people.values()],
    groups: [...world.groups.values()].map(simGroup),
  }
}

function messagesFor(world: World, { params, query }: ChatRequest) {
  const messages = messagesAt(world, placeOf(world, query.as, params.chatId))
  return messages.map((message) => messageForReader(world, message, query.as))
}

function sendFile(world: World, id: string, reply: FastifyReply): FastifyReply {
  const document = world.documents.get(id)
  if (document) return sendDocument(document, reply)
  const content = world.files.get(id)?.content
  if (!content || 'url' in content) throw new Impossible('There is no such file.')
  return reply.type(content.type).send(Buffer.from(content.bytes))
}

/** To be saved, never to be shown: what stands in it is people's. */
function sendDocument({ name, type, bytes }: StoredDocument, reply: FastifyReply): FastifyReply {
  return reply
    .type(type)
    .headers({
      'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
      'x-content-type-options': 'nosniff',
    })
    .send(Buffer.from(bytes))
}

function streamEvents(world: World, reply: FastifyReply, open: Set<() => void>): void {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  })
  raw.write(': listening\n\n')
  const stop = listen(world, (event) => raw.write(`data: ${JSON.stringify(event)}\n\n`))
  const end = () => raw.end()
  open.add(end)
  raw.once('close', () => {
    stop()
    open.delete(end)
  })
}

/**
 * Only programs and pages of this machine may ask. A program elsewhere is told by its address. A
 * page from elsewhere can reach this machine by giving its own name a loopback address, which the
 * Host header tells, or by just calling it, which the Origin header tells.
 */
async function refuseStrangers(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { host, origin } = request.headers
  const isHere =
    /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '') &&
    isLoopback(`http://${host ?? ''}`) &&
    (origin === undefined || isLoopback(origin))
  if (!isHere) return reply.code(403).send({ error: 'Only for this machine.' })
  if (origin === undefined) return undefined
  return void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-headers': 'content-type',
    'access-control-allow-methods': 'GET, POST, DELETE',
    vary: 'Origin',
  })
}

function isLoopback(origin: string): boolean {
  const hostname = URL.parse(origin)?.hostname
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

function answerError(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof Impossible) return reply.code(409).send({ error: error.message })
  const { statusCode = 500, message } = error as { statusCode?: number; message: string }
  return reply.code(statusCode).send({ error: message })
}
