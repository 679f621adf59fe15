import type { FastifyRequest } from 'fastify'

import type { AppContext } from '../context.ts'
import type { Role } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { merchantByKey } from '../usecases/merchant-by-key.ts'
import { rolesOf } from '../usecases/staff-roles.ts'

/** Who asks: identity comes from what Telegram signed or from an API key, never from a field of the body. */
export type Visitor = { personId: string; signedAt: Date }
export type Till = { merchantId: string; by: string }

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once it is verified: a person or a merchant's key. Limits are counted by it. */
    who: string
    visitor: Visitor | undefined
    merchantId: string | undefined
    /** What the visitor is at that merchant; a key has no role. */
    role: Role | undefined
  }
}

const STAFF_SECONDS = 3600

/** The person of the session. */
export async function identifyVisitor(app: AppContext, request: FastifyRequest): Promise<void> {
  const token = bearerOf(request)
  if (!token) throw new AppError('ERR_SESSION_INVALID', 'Open the app from Telegram again.')
  try {
    request.visitor = app.tokens.openSession(token)
  } catch (cause) {
    throw new AppError('ERR_SESSION_INVALID', 'Open the app from Telegram again.', { cause })
  }
  request.who = request.visitor.personId
}

/** The merchant of the API key. */
export async function identifyMerchant(app: AppContext, request: FastifyRequest): Promise<void> {
  const key = bearerOf(request)
  const merchant = key?.startsWith('pk_') ? await merchantByKey(app, key) : undefined
  if (!merchant) throw new AppError('ERR_API_KEY_INVALID', 'This API key is not valid.')
  request.merchantId = merchant.id
  request.who = merchant.id
}

/** Who acts for a merchant: their API key, or somebody of their staff whose session is fresh. */
export async function identifyStaff(app: AppContext, request: FastifyRequest): Promise<void> {
  if (bearerOf(request)?.startsWith('pk_')) return identifyMerchant(app, request)
  await identifyVisitor(app, request)
  const { signedAt } = visitorOf(request)
  if (app.now().getTime() - signedAt.getTime() > STAFF_SECONDS * 1000) {
    throw new AppError('ERR_SESSION_TOO_OLD', 'For this, open the app from Telegram again.')
  }
}

/**
 * The merchant for whom somebody with one of these roles asks: the only one, or the one that the request
 * names. Roles are read at each request. A key is good for its own merchant alone.
 */
export async function chooseMerchant(
  app: AppContext,
  request: FastifyRequest,
  roles: readonly Role[],
): Promise<void> {
  const wanted = namedIn(request.body) ?? namedIn(request.query)
  if (request.merchantId !== undefined) {
    if (wanted === undefined || wanted === request.merchantId) return
    throw new AppError('ERR_NOT_ALLOWED', 'This API key is for another merchant.')
  }
  const { personId } = visitorOf(request)
  const possible = (await rolesOf(app, personId)).filter(
    ({ merchantId, role }) =>
      roles.includes(role) && (wanted === undefined || merchantId === wanted),
  )
  const [only] = possible
  if (!only) throw new AppError('ERR_NOT_ALLOWED', 'Only staff may do this.')
  if (possible.length > 1) {
    throw new AppError('ERR_REQUEST_INVALID', 'Say which merchant: merchantId.')
  }
  request.merchantId = only.merchantId
  request.role = only.role
}

function namedIn(fields: unknown): string | undefined {
  return (fields as { merchantId?: string } | null | undefined)?.merchantId
}

export function visitorOf({ visitor }: FastifyRequest): Visitor {
  if (!visitor) throw new AppError('ERR_SESSION_INVALID', 'Open the app from Telegram again.')
  return visitor
}

export function merchantIdOf({ merchantId }: FastifyRequest): string {
  if (!merchantId) throw new AppError('ERR_API_KEY_INVALID', 'This API key is not valid.')
  return merchantId
}

/** The merchant of a request that identifyStaff let in, and who asks. */
export function tillOf(request: FastifyRequest): Till {
  return { merchantId: merchantIdOf(request), by: request.visitor?.personId ?? 'api' }
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer ([\w.-]{1,2000})$/.exec(headers.authorization ?? '')?.[1]
}
