const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * A text of people or merchants as it may stand in a message of parse mode HTML: nothing in it is read
 * as a tag, and nothing becomes a link, a mention, a command, a tag or a telephone number, which
 * clients find by themselves. An invisible word joiner (U+2060) breaks what they look for.
 */
export function escapeHtml(text: string): string {
  return withoutLinks(text).replace(/[&<>"]/g, (character) => NAMED[character] ?? '')
}

const JOINER = '\u2060'

const LOOKS_LIKE_A_LINK = [
  /(?<=[a-z]:)(?=\/\/)/gi,
  /(?<=[\p{L}\p{N}]\.)(?=\p{L}{2})/gu,
  /(?<=@)(?=\w)/g,
  /(?<=(?<!\w)\/)(?=\w)/g,
  /(?<=[#＃])(?=[\p{L}\p{N}_])/gu,
  /(?<=\$)(?=\p{L})/gu,
  /(?<=\+)(?=\d)/g,
]

function withoutLinks(text: string): string {
  let plain = text.toWellFormed().replaceAll('\0', '')
  for (const pattern of LOOKS_LIKE_A_LINK) plain = plain.replace(pattern, JOINER)
  return plain
}
