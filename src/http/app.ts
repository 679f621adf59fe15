import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import fastifyMetrics from 'fastify-metrics'

import type { AppContext } from '../context.ts'
import type { Role } from '../domain/views.ts'
import { answerErrors, answerFrameworkError } from './answer-error.ts'
import { createEntrance, limitOptions } from './limits.ts'
import { OPENAPI } from './openapi.ts'
import { campaignReadingRoutes } from './routes/campaign-reading.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { claimRoutes } from './routes/claims.ts'
import { codeRoutes } from './routes/codes.ts'
import { holdRoutes } from './routes/holds.ts'
import { matchingReadingRoutes, matchingRoutes } from './routes/matching.ts'
import { meRoutes } from './routes/me.ts'
import { numberRoutes } from './routes/numbers.ts'
import { offerRoutes } from './routes/offers.ts'
import { operationRoutes } from './routes/operation.ts'
import { orderQueryRoutes } from './routes/order-queries.ts'
import { orderRoutes } from './routes/orders.ts'
import { pageRoutes } from './routes/pages.ts'
import { redemptionRoutes } from './routes/redemptions.ts'
import { sessionRoutes } from './routes/session.ts'
import { shareRoutes } from './routes/shares.ts'
import { storeRoutes } from './routes/stores.ts'
import { walletRoutes } from './routes/wallet.ts'
import { webhookRoutes } from './routes/webhook.ts'
import { ownWhyRoutes, whyRoutes } from './routes/why.ts'
import { securityHeaders } from './security.ts'
import type { Server } from './server.ts'
import { serveFolder } from './static.ts'
import { chooseMerchant, identifyMerchant, identifyStaff, identifyVisitor } from './who.ts'

/**
 * The whole HTTP server, not listening yet. This is the table of contents: who may enter is the name of
 * the part that a route stands in.
 *
 * @param more routes of whoever starts the server, e.g. the sandbox
 */
export async function buildHttp(
  app: AppContext,
  more?: (server: Server) => Promise<void>,
): Promise<Server> {
  const server = createServer(app)
  await server.register(rateLimit, await limitOptions(app))
  await server.register(underPressure, { maxEventLoopDelay: 2000, retryAfter: 1 })
  await server.register(swagger, OPENAPI)
  await server.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  await server.register(fastifyMetrics.default, {
    endpoint: '/metrics',
    routeMetrics: { overrides: {}, enabled: { histogram: true, summary: false } },
  })
  addSecurityHeaders(server, app)
  answerErrors(server)
  closeConnectionsWhenClosing(server)
  takeEmptyBodies(server)
  server.decorateRequest('who', '')
  server.decorateRequest('visitor', undefined)
  server.decorateRequest('merchantId', undefined)
  server.decorateRequest('role', undefined)
  const enter = createEntrance(server, app.config.REDIS_URL !== undefined)

  await server.register(async (open: Server) => {
    operationRoutes(open, app)
    webhookRoutes(open, app)
    sessionRoutes(open, app)
    pageRoutes(open, app)
    await serveFolder(open, '/app/', 'miniapp')
    open.get('/openapi.json', { schema: { hide: true } }, async () => server.swagger())
  })
  await server.register(async (visitors: Server) => {
    visitors.addHook(
      'onRequest',
      enter((request) => identifyVisitor(app, request)),
    )
    claimRoutes(visitors, app)
    orderQueryRoutes(visitors, app)
    shareRoutes(visitors, app)
    walletRoutes(visitors, app)
    meRoutes(visitors, app)
    ownWhyRoutes(visitors, app)
  })
  await server.register(async (merchants: Server) => {
    merchants.addHook(
      'onRequest',
      enter((request) => identifyMerchant(app, request)),
    )
    orderRoutes(merchants, app)
  })
  // and an API key may whatever stands below
  await server.register(async (staff: Server) => {
    letIn(staff, ['owner', 'manager', 'cashier', 'analyst'])
    storeRoutes(staff, app)
  })
  await server.register(async (readers: Server) => {
    letIn(readers, ['owner', 'manager', 'analyst'])
    campaignReadingRoutes(readers, app)
    numberRoutes(readers, app)
    matchingReadingRoutes(readers, app)
    whyRoutes(readers, app)
  })
  await server.register(async (managers: Server) => {
    letIn(managers, ['owner', 'manager'])
    campaignRoutes(managers, app)
    codeRoutes(managers, app)
    offerRoutes(managers, app)
    matchingRoutes(managers, app)
  })
  await server.register(async (tills: Server) => {
    letIn(tills, ['owner', 'manager', 'cashier'])
    redemptionRoutes(tills, app)
    holdRoutes(tills, app)
  })
  await more?.(server)
  return server

  function letIn(part: Server, roles: readonly Role[]): void {
    part.addHook(
      'onRequest',
      enter((request) => identifyStaff(app, request)),
    )
    part.addHook('preHandler', (request) => chooseMerchant(app, request, roles))
  }
}

function createServer(app: AppContext): Server {
  return fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    // a logger of its own for each request costs more than it tells: errors are logged with the request's id
    childLoggerFactory: (log) => log,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: answerFrameworkError,
    // a token with all its claims, encoded once more as `startapp` wants it, is shorter than this
    routerOptions: { maxParamLength: 2000 },
    trustProxy: app.config.TRUST_PROXY?.split(',').map((range) => range.trim()) ?? false,
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    // what a client sends is taken as it is or refused: nothing is turned into a number or dropped
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  }).withTypeProvider<TypeBoxTypeProvider>()
}

function addSecurityHeaders(server: Server, app: AppContext): void {
  const { pages, api } = securityHeaders(app.config)
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/v1/') ? api : pages)
    done()
  })
}

/** Some clients say that they send JSON and send nothing: that is no body, and no mistake by itself. */
function takeEmptyBodies(server: Server): void {
  const parse = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') done(null)
      else void parse(request, body, done)
    },
  )
}

/** Lets keep-alive clients go while the server closes, so that closing takes moments. */
function closeConnectionsWhenClosing(server: Server): void {
  let closing = false
  server.addHook('preClose', async () => {
    closing = true
  })
  server.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}
