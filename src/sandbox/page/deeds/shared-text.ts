/** What `t.me/share/url?url=&text=` wants sent: the address, and the text under it. */
export function sharedText(address: string): string | undefined {
  const url = URL.parse(address)
  if (url?.hostname !== 't.me' || url.pathname !== '/share/url') return undefined
  const parts = [url.searchParams.get('url'), url.searchParams.get('text')]
  return parts.filter(Boolean).join('\n') || undefined
}
