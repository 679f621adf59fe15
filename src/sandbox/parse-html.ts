import type { FormattedText } from './format-text.ts'
import { checkedLink } from './links-allowed.ts'
import { misused } from './refusals.ts'
import type { SimEntity } from './sim.ts'

/** Tags of parse_mode HTML, and the entity that each becomes. */
const TAGS: Record<string, string> = {
  a: 'text_link',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  'tg-emoji': 'custom_emoji',
  pre: 'pre',
  code: 'code',
  blockquote: 'blockquote',
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

interface OpenTag {
  name: string
  attributes: Map<string, string>
  offset: number
}

interface Parser {
  source: string
  at: number
  text: string
  open: OpenTag[]
  entities: SimEntity[]
}

/** Reads parse_mode HTML as Telegram's server does, with its words for what is broken. */
export function parseHtml(source: string): FormattedText {
  const parser: Parser = { source, at: 0, text: '', open: [], entities: [] }
  while (parser.at < source.length) {
    if (source.startsWith('</', parser.at)) closeTag(parser)
    else if (source[parser.at] === '<') openTag(parser)
    else readText(parser)
  }
  const unclosed = parser.open.at(-1)
  if (unclosed) throw broken(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  return { text: parser.text, entities: parser.entities.toSorted(byPlace) }
}

/** One character, or one of the named and numbered ones. */
function readText(parser: Parser): void {
  const entity = /^&(?:#(?<code>\d{1,7})|#x(?<hex>[\da-f]{1,6})|(?<name>lt|gt|amp|quot));?/i
  const rest = parser.source.slice(parser.at, parser.at + 12)
  const groups = rest.startsWith('&') ? entity.exec(rest) : null
  if (!groups) {
    parser.text += parser.source[parser.at++]
    return
  }
  const { code, hex, name } = groups.groups ?? {}
  const point = code ? Number(code) : Number.parseInt(hex ?? '', 16)
  parser.text += name ? (NAMED[name.toLowerCase()] ?? '') : character(point)
  parser.at += groups[0].length
}

function character(point: number): string {
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ''
}

function openTag(parser: Parser): void {
  const start = parser.at
  const name = /^<(?<name>[^\s>]*)/.exec(parser.source.slice(start))?.groups?.['name'] ?? ''
  parser.at += 1 + name.length
  if (parser.at >= parser.source.length) throw brokenAt(parser, start, 'Unclosed start tag')
  const tag = name.toLowerCase()
  if (!(tag in TAGS)) throw brokenAt(parser, start, `Unsupported start tag "${tag}"`)
  const attributes = readAttributes(parser, tag, start)
  if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw brokenAt(parser, start, 'Tag "span" must have class "tg-spoiler"')
  }
  parser.open.push({ name: tag, attributes, offset: parser.text.length })
}

function readAttributes(parser: Parser, tag: string, start: number): Map<string, string> {
  const attributes = new Map<string, string>()
  const attribute =
    /\s*(?<name>[^\s=>]+)(?:\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[\w.-]+)))?/y
  for (;;) {
    while (/\s/.test(parser.source[parser.at] ?? '')) parser.at++
    if (parser.source[parser.at] === '>') break
    attribute.lastIndex = parser.at
    const groups = attribute.exec(parser.source)?.groups
    if (!groups) throw brokenAt(parser, start, `Unclosed start tag "${tag}"`)
    const value = groups['double'] ?? groups['single'] ?? groups['bare']
    const isBare = tag === 'blockquote' && groups['name'] === 'expandable'
    if (value === undefined && !isBare) {
      throw brokenAt(
        parser,
        start,
        `Expected equal sign in declaration of an attribute of the tag "${tag}"`,
      )
    }
    attributes.set((groups['name'] ?? '').toLowerCase(), unescaped(value ?? ''))
    parser.at = attribute.lastIndex
  }
  parser.at++
  return attributes
}

function unescaped(value: string): string {
  return value.replace(/&(lt|gt|amp|quot);/g, (_, name: string) => NAMED[name] ?? '')
}

function closeTag(parser: Parser): void {
  const start = parser.at
  const match = /^<\/(?<name>[^\s>]*)\s*>/.exec(parser.source.slice(start))
  const tag = parser.open.at(-1)
  if (!tag) throw brokenAt(parser, start, 'Unexpected end tag')
  if (!match) throw brokenAt(parser, start, 'Unclosed end tag')
  const name = match.groups?.['name']?.toLowerCase() ?? ''
  if (name !== '' && name !== tag.name) {
    const found = `expected "</${tag.name}>", found "</${name}>"`
    throw broken(`Unmatched end tag at byte offset ${bytesBefore(parser, start)}, ${found}`)
  }
  parser.at += match[0].length
  parser.open.pop()
  const length = parser.text.length - tag.offset
  if (length > 0) addEntity(parser, tag, length)
}

function addEntity(parser: Parser, tag: OpenTag, length: number): void {
  const type = TAGS[tag.name] ?? ''
  const { offset } = tag
  if (type === 'text_link') {
    const href = tag.attributes.get('href') || parser.text.slice(offset)
    const url = checkedLink(href)
    if (url) parser.entities.push({ type, offset, length, url })
    return
  }
  if (type === 'custom_emoji' && !/^\d+$/.test(tag.attributes.get('emoji-id') ?? '')) {
    throw broken('Invalid custom emoji identifier specified')
  }
  const isExpandable = type === 'blockquote' && tag.attributes.has('expandable')
  parser.entities.push({ type: isExpandable ? 'expandable_blockquote' : type, offset, length })
}

function byPlace(a: SimEntity, b: SimEntity): number {
  return a.offset - b.offset || b.length - a.length
}

function brokenAt(parser: Parser, start: number, words: string) {
  return broken(`${words} at byte offset ${bytesBefore(parser, start)}`)
}

function broken(words: string) {
  return misused(`can't parse entities: ${words}`)
}

function bytesBefore(parser: Parser, at: number): number {
  return Buffer.byteLength(parser.source.slice(0, at))
}
