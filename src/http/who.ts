import type { FastifyRequest } from 'fastify'

import type { AppContext } from '../context.ts'
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

/** A till: a merchant's API key, or somebody of their staff whose session is fresh. */
export async function identifyTill(app: AppContext, request: FastifyRequest): Promise<void> {
  if (bearerOf(request)?.startsWith('pk_')) return identifyMerchant(app, request)
  await identifyVisitor(app, request)
  const { signedAt } = visitorOf(request)
  if (app.now().getTime() - signedAt.getTime() > STAFF_SECONDS * 1000) {
    throw new AppError('ERR_SESSION_TOO_OLD', 'For the till, open the app from Telegram again.')
  }
}

/** The merchant at whose till somebody of the staff stands: the only one, or the one that the body names. */
export async function chooseMerchant(app: AppContext, request: FastifyRequest): Promise<void> {
  if (request.merchantId !== undefined) return
  const { personId } = visitorOf(request)
  const wanted = (request.body as { merchantId?: string } | null)?.merchantId
  const roles = (await rolesOf(app, personId)).filter(
    ({ merchantId, role }) => role !== 'analyst' && (wanted === undefined || merchantId === wanted),
  )
  const [only] = roles
  if (!only) throw new AppError('ERR_NOT_ALLOWED', 'Only staff may do this.')
  if (roles.length > 1) throw new AppError('ERR_REQUEST_INVALID', 'Say which merchant: merchantId.')
  request.merchantId = only.merchantId
}

export function visitorOf({ visitor }: FastifyRequest): Visitor {
  if (!visitor) throw new AppError('ERR_SESSION_INVALID', 'Open the app from Telegram again.')
  return visitor
}

export function merchantIdOf({ merchantId }: FastifyRequest): string {
  if (!merchantId) throw new AppError('ERR_API_KEY_INVALID', 'This API key is not valid.')
  return merchantId
}

/** The till of a request that identifyTill let in. */
export function tillOf(request: FastifyRequest): Till {
  return { merchantId: merchantIdOf(request), by: request.visitor?.personId ?? 'api' }
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer ([\w.-]{1,2000})$/.exec(headers.authorization ?? '')?.[1]
}
