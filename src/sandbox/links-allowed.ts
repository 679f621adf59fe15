/**
 * The address as Telegram would keep it, or undefined when it takes none such: http, https, tg or
 * ton, on a host with a dot. An address without a scheme is taken for http.
 */
export function checkedLink(address: string): string | undefined {
  const trimmed = address.trim()
  if (/^(tg|ton|tonsite):/i.test(trimmed)) return trimmed
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`)
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined
  const isKnownHost = /^\[.*\]$|\.[^.]/.test(url.hostname)
  return isKnownHost && !/\s/.test(trimmed) ? url.href : undefined
}

/** Telegram's own servers cannot fetch from or deliver to this machine or its network. */
export function isPrivateHost(hostname: string): boolean {
  return /^(localhost$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(hostname)
}

/** Telegram opens Mini Apps and delivers webhooks to https only. */
export function isHttps(address: string): boolean {
  return URL.parse(address)?.protocol === 'https:' && checkedLink(address) !== undefined
}
