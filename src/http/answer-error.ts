import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

import { AppError, ERROR_STATUS, type ErrorCode } from '../errors.ts'
import type { Server } from './server.ts'

const RETRY_AFTER_SECONDS = 1

/** The one place that answers errors: `application/problem+json` with a stable code, no stack, no secret. */
export function answerErrors(server: Server): void {
  server.setErrorHandler((error: FastifyError, request, reply) =>
    answer(asAppError(error), request, reply),
  )
  server.setNotFoundHandler(
    { preHandler: server.rateLimit({ max: 60, timeWindow: '1 minute' }) },
    (request, reply) =>
      answer(new AppError('ERR_NOT_FOUND', 'There is nothing here.'), request, reply),
  )
}

/** What is refused before any route is found, such as an address that cannot be read. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  void answer(asAppError(error), request, reply)
}

function answer(error: AppError, request: FastifyRequest, reply: FastifyReply) {
  if (error.status >= 500) {
    const level = error.code === 'ERR_BUSY' ? 'warn' : 'error'
    const { id: reqId, routeOptions } = request
    request.log[level]({ err: error, reqId, route: routeOptions.url }, 'request failed')
  }
  if (error.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS)
  return reply
    .code(error.status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({ type: 'about:blank', title: error.message, status: error.status, code: error.code })
}

const FASTIFY_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'ERR_BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'ERR_CONTENT_TYPE',
  FST_UNDER_PRESSURE: 'ERR_BUSY',
}

/** Whatever was thrown, in our words. What nobody foresaw is ERR_INTERNAL, and its text stays in the log. */
function asAppError(error: FastifyError | AppError): AppError {
  if (error instanceof AppError) return error
  if (error.validation) return new AppError('ERR_REQUEST_INVALID', whatIsInvalid(error))
  const code = FASTIFY_CODES[error.code]
  if (code) return new AppError(code, error.message, { cause: error })
  if (isBadValue(error))
    return new AppError('ERR_REQUEST_INVALID', 'A value in the request cannot be kept.', {
      cause: error,
    })
  const status = error.statusCode ?? 500
  if (status === 429)
    return new AppError('ERR_TOO_MANY_REQUESTS', 'Too many requests. Wait a little.', {
      cause: error,
    })
  if (status === ERROR_STATUS.ERR_BUSY)
    return new AppError('ERR_BUSY', 'The server is busy. Try again.', { cause: error })
  if (status >= 400 && status < 500)
    return new AppError('ERR_REQUEST_INVALID', 'The request cannot be read.', { cause: error })
  return new AppError('ERR_INTERNAL', 'Something went wrong here. It has been noted.', {
    cause: error,
  })
}

/** The last line: a value that passed every check here and that PostgreSQL refuses (SQLSTATE class 22). */
function isBadValue({ code, cause }: { code?: unknown; cause?: unknown }): boolean {
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)) return true
  return cause instanceof Error && isBadValue(cause)
}

/**
 * Which field is wrong and how, without the value. Where a body may have several forms, what is wrong
 * with a field says more than what each form lacks.
 */
function whatIsInvalid({ validation = [], validationContext = 'body' }: FastifyError): string {
  const found = validation.filter(({ keyword }) => keyword !== 'anyOf')
  const inField = found.find(({ instancePath }) => instancePath !== '')
  const field = inField?.instancePath.replaceAll('/', '.') ?? ''
  const faults = (inField ? [inField] : found).map(({ message }) => message ?? 'is not valid')
  return `${validationContext}${field} ${[...new Set(faults)].join(', or ')}`
}
