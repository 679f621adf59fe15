import { checkedLink } from './links-allowed.ts'
import { parseHtml } from './parse-html.ts'
import { misused, notPlayed } from './refusals.ts'
import type { SimEntity } from './sim.ts'

export interface FormattedText {
  text: string
  entities: SimEntity[]
}

/** The parameters that say how a text is to be formatted. */
export interface Formatting {
  parse_mode?: string
  entities?: SimEntity[]
}

/** What Telegram says about a text that is too long, or empty. */
export interface TextLimit {
  most: number
  tooLong: string
  /** Left out where an empty text is fine. */
  empty?: string
}

export const MESSAGE: TextLimit = {
  most: 4096,
  tooLong: 'message is too long',
  empty: 'message text is empty',
}

export const CAPTION: TextLimit = { most: 1024, tooLong: 'message caption is too long' }

/** Formats a text of the bot's, and refuses what Telegram would not send. */
export function formatText(
  source: string,
  formatting: Formatting,
  limit: TextLimit,
): FormattedText {
  if (source === '' && limit.empty) throw misused(limit.empty)
  const formatted = trimmed(parsed(source, formatting))
  if (formatted.text === '' && limit.empty) throw misused('text must be non-empty')
  if (lengthOf(formatted.text) > limit.most) throw misused(limit.tooLong)
  return withFound(formatted)
}

/** Telegram counts characters as code points. */
export function lengthOf(text: string): number {
  return Array.from(text).length
}

/** Formats what a person types: only what clients find by themselves. */
export function formatTyped(text: string): FormattedText {
  return withFound({ text, entities: [] })
}

function parsed(source: string, { parse_mode, entities }: Formatting): FormattedText {
  if (parse_mode === 'HTML') return parseHtml(source)
  if (parse_mode) throw notPlayed(`parse_mode ${parse_mode}`)
  for (const entity of entities ?? []) checkEntity(source, entity)
  return { text: source, entities: entities ?? [] }
}

function checkEntity(text: string, entity: SimEntity): void {
  if (entity.offset < 0 || entity.length < 0 || entity.offset + entity.length > text.length) {
    throw misused('ENTITY_BOUNDS_INVALID')
  }
  if (entity.type === 'text_link' && !checkedLink(entity.url ?? '')) {
    throw misused(`entity URL '${entity.url ?? ''}' is invalid: Wrong HTTP URL`)
  }
}

/** White space at both ends goes, and the entities move with the text. */
function trimmed({ text, entities }: FormattedText): FormattedText {
  const lead = text.length - text.trimStart().length
  const kept = text.trim()
  const moved = entities.map((entity) => {
    const offset = Math.max(0, entity.offset - lead)
    const end = Math.min(kept.length, entity.offset + entity.length - lead)
    return { ...entity, offset, length: end - offset }
  })
  return { text: kept, entities: moved.filter((entity) => entity.length > 0) }
}

const FOUND: [type: string, pattern: RegExp][] = [
  ['bot_command', /(?<![\w/@])\/[a-z0-9_]{1,64}(?:@\w{3,32})?(?!\w)/gi],
  ['mention', /(?<!\w)@[a-z]\w{3,31}/gi],
  ['url', /\bhttps?:\/\/[^\s<>"]+[^\s<>"'.,;:!?()]/gi],
  ['hashtag', /(?<![\w&])#\p{L}[\p{L}\p{N}_]*/giu],
]

/** Adds the commands, names, addresses and tags that nobody marked. */
function withFound({ text, entities }: FormattedText): FormattedText {
  const all = [...entities]
  for (const [type, pattern] of FOUND) {
    for (const match of text.matchAll(pattern)) {
      const found = { type, offset: match.index, length: match[0].length }
      if (!all.some((one) => overlaps(one, found))) all.push(found)
    }
  }
  return { text, entities: all.toSorted((a, b) => a.offset - b.offset || b.length - a.length) }
}

function overlaps(a: SimEntity, b: SimEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
