import type { OrderQuery } from '../api/api.ts'

/**
 * What was read from a receipt's QR, as a query: a link into the Mini App (`?startapp=`), into the
 * chat with the bot (`?start=`, a reference of 22 characters), to the page on the open web
 * (`/r/<token>`), or the bare token. Undefined when it is none of these.
 */
export function readReceiptCode(scanned: string): OrderQuery | undefined {
  const text = scanned.trim()
  const code = codeIn(text)
  if (REFERENCE.test(code)) return { reference: code }
  return TOKEN.test(code) ? { token: code } : undefined
}

const REFERENCE = /^[\w-]{22}$/
const TOKEN = /^[\w.-]{60,2000}$/

function codeIn(text: string): string {
  const url = urlOf(text)
  if (!url) return text
  const inQuery = url.searchParams.get('startapp') ?? url.searchParams.get('start')
  return inQuery ?? /\/r\/([^/]+)$/.exec(url.pathname)?.[1] ?? ''
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
