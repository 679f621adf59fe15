import type { SimInlineResult } from '../../sim.ts'

/** A line that can be chosen above the composer. */
export interface Suggestion {
  key: string
  title: string
  detail: string
  /** The address of a small picture. */
  picture?: string
  choose: () => void
  /** Puts it into the composer instead, where that makes sense. */
  complete?: () => void
}

export function suggestResult(result: SimInlineResult, choose: () => void): Suggestion {
  const picture = result.thumbnail_url ?? result.photo_url
  return {
    key: result.id,
    title: result.title ?? 'Result',
    detail: result.description ?? '',
    ...(picture ? { picture } : {}),
    choose,
  }
}
