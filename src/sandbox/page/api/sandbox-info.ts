/** A printed receipt, as the till would hand it out. */
export interface Receipt {
  title: string
  store: string
  /** Ready to be shown, with its currency. */
  total: string
  /** What its QR holds. */
  url: string
  /** What follows `?start=` when the QR is opened in Telegram. */
  startPayload: string
  /** `<svg…>` */
  qr: string
}

export interface NamedPerson {
  id: number
  role: 'shopper' | 'member' | 'owner' | 'cashier'
  name: string
}

export interface SandboxInfo {
  links: { api?: string; miniApp?: string }
  people: NamedPerson[]
}

/** The seeded receipts; none when this server has none to show. */
export async function receiptsOf(fetcher: typeof fetch): Promise<Receipt[]> {
  const json = await jsonOf(fetcher, '/sandbox/receipts')
  return Array.isArray(json) ? (json as Receipt[]) : []
}

/** Who plays whom; the page guesses when nobody says. */
export async function infoOf(fetcher: typeof fetch): Promise<SandboxInfo> {
  const json = (await jsonOf(fetcher, '/sandbox/info')) as Partial<SandboxInfo> | undefined
  return { links: json?.links ?? {}, people: json?.people ?? [] }
}

async function jsonOf(fetcher: typeof fetch, path: string): Promise<unknown> {
  try {
    const answer = await fetcher(path, { headers: { accept: 'application/json' } })
    return answer.ok ? await answer.json() : undefined
  } catch {
    return undefined
  }
}
