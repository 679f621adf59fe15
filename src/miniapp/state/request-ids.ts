/**
 * Ids that make a repeated request harmless: the same request has the same id until it was answered,
 * however often it is sent, and another request has another one.
 */
export type RequestIds = {
  idFor: (request: object) => string
  /** It was answered: the same again is meant anew. */
  done: (request: object) => void
}

export function createRequestIds(): RequestIds {
  const ids = new Map<string, string>()
  return {
    idFor: (request) => {
      const text = JSON.stringify(request)
      const id = ids.get(text) ?? newRequestId()
      ids.set(text, id)
      return id
    },
    done: (request) => {
      ids.delete(JSON.stringify(request))
    },
  }
}

/** 128 bits of chance; `randomUUID` is missing where a page is not served over https. */
function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `app-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
