/**
 * Every code that the API can answer, with its HTTP status. Codes are API: they never change their
 * meaning. Messages are for people and may change.
 */
export const ERROR_STATUS = {
  ERR_REQUEST_INVALID: 400,
  ERR_TOKEN_INVALID: 400,
  ERR_AMOUNT_INVALID: 400,
  ERR_FILE_INVALID: 400,
  ERR_INIT_DATA_INVALID: 401,
  ERR_SESSION_INVALID: 401,
  ERR_API_KEY_INVALID: 401,
  ERR_WEBHOOK_SECRET_INVALID: 401,
  ERR_SESSION_TOO_OLD: 401,
  ERR_NOT_ALLOWED: 403,
  ERR_NOT_FOUND: 404,
  ERR_ORDER_NOT_FOUND: 404,
  ERR_OFFER_NOT_FOUND: 404,
  ERR_SHARE_NOT_FOUND: 404,
  ERR_STORE_NOT_FOUND: 404,
  ERR_MERCHANT_NOT_FOUND: 404,
  ERR_CAMPAIGN_NOT_FOUND: 404,
  ERR_TEMPLATE_NOT_FOUND: 404,
  ERR_VOUCHER_NOT_FOUND: 404,
  ERR_REDEMPTION_NOT_FOUND: 404,
  ERR_EXPORT_NOT_FOUND: 404,
  ERR_ORDER_BOUND_TO_OTHER: 409,
  ERR_ORDER_CANCELLED: 409,
  ERR_SHARE_SPENT: 409,
  ERR_STATE_CONFLICT: 409,
  ERR_EXPORT_NOT_READY: 409,
  ERR_BELOW_USED: 409,
  ERR_IDEMPOTENCY_CONFLICT: 409,
  ERR_VOUCHER_ALREADY_REDEEMED: 409,
  ERR_VOUCHER_EXPIRED: 409,
  ERR_VOUCHER_REVOKED: 409,
  ERR_VOUCHER_HELD: 409,
  ERR_AMOUNT_EXCEEDS_BALANCE: 409,
  ERR_AMOUNT_EXCEEDS_REDEMPTION: 409,
  ERR_NOTHING_TO_ROLL_BACK: 409,
  ERR_TOKEN_EXPIRED: 410,
  ERR_BODY_TOO_LARGE: 413,
  ERR_CONTENT_TYPE: 415,
  ERR_TOO_MANY_REQUESTS: 429,
  ERR_INTERNAL: 500,
  ERR_BUSY: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** Something is wrong with what was asked for. What a normal day brings is returned, not thrown. */
export class AppError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }
}
