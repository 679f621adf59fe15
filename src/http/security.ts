import type { FastifyHelmetOptions } from '@fastify/helmet'

import type { Config } from '../config.ts'

/** Headers of every answer. Telegram's web clients show the Mini App in a frame, so they may. */
export function securityHeaders(config: Config): FastifyHelmetOptions {
  return {
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
  }
}
