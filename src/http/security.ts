import type { ServerResponse } from 'node:http'
import helmet from 'helmet'

import type { Config } from '../config.ts'

export type SecurityHeaders = { pages: Record<string, string>; api: Record<string, string> }

/** Headers of every answer, made once since they are always the same. What the API answers is only data. */
export function securityHeaders(config: Config): SecurityHeaders {
  const pages = pageHeaders(config)
  const transport = pages['strict-transport-security']
  return {
    pages,
    api: {
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      ...(transport && { 'strict-transport-security': transport }),
    },
  }
}

/** Telegram's web clients show the Mini App in a frame, so they may. */
function pageHeaders(config: Config): Record<string, string> {
  const headers: Record<string, string> = {}
  const answer = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value
    },
    removeHeader: () => undefined,
  } as unknown as ServerResponse
  helmet({
    frameguard: false,
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: config.PUBLIC_URL?.startsWith('https://') ?? false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'self'", 'https://web.telegram.org', 'https://*.telegram.org'],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
  })({} as never, answer, () => undefined)
  return headers
}
