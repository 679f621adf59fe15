/** A piece of a rule as it is written, and where it begins. */
export type Token = {
  kind: 'word' | 'quoted' | 'unclosed' | 'comparison' | '(' | ')' | ',' | 'end'
  /** Signs in their narrow spelling, what is quoted without the marks. */
  text: string
  at: number
}

const PIECES = new RegExp(
  [
    String.raw`\s*`,
    '(?:',
    [
      '(?<bracket>[()（）])',
      '(?<comparison>>=|<=|!=|==|[=<>≥≤≠＝＞＜])',
      '(?<comma>[,，、])',
      `(?<quoted>'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”)`,
      '(?<unclosed>[\'‘’"“”])',
      String.raw`(?<word>[^\s()（）=<>!≥≤≠＝＞＜,，、'‘’"“”]+|!)`,
    ].join('|'),
    ')',
  ].join(''),
  'uy',
)

const NARROW: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '==': '=',
  '＝': '=',
  '＞': '>',
  '＜': '<',
}

/** Cuts the text of a rule into pieces; the last one is its end. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  PIECES.lastIndex = 0
  for (let piece = PIECES.exec(text); piece; piece = PIECES.exec(text)) {
    const [all] = piece
    const at = piece.index + all.length - all.trimStart().length
    tokens.push({ ...tokenOf(piece.groups ?? {}), at })
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

function tokenOf(groups: Record<string, string | undefined>): Omit<Token, 'at'> {
  const { bracket, comparison, comma, quoted, unclosed, word = '' } = groups
  if (bracket !== undefined) {
    const text = narrow(bracket)
    return { kind: text === '(' ? '(' : ')', text }
  }
  if (comparison !== undefined) return { kind: 'comparison', text: narrow(comparison) }
  if (comma !== undefined) return { kind: ',', text: ',' }
  if (quoted !== undefined) return { kind: 'quoted', text: quoted.slice(1, -1) }
  if (unclosed !== undefined) return { kind: 'unclosed', text: unclosed }
  return { kind: 'word', text: word }
}

function narrow(sign: string): string {
  return NARROW[sign] ?? sign
}
