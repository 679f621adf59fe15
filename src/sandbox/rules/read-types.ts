/** A declaration in a .d.ts file as it is published in @gramio/types: four spaces, one field a line. */
export type Declaration =
  | { kind: 'interface'; fields: DeclaredField[] }
  | { kind: 'alias'; doc: string; members: string[] }

export interface DeclaredField {
  name: string
  optional: boolean
  doc: string
  members: string[]
}

const DECLARATION =
  /^export (?:interface (?<interface>\w+)[^{]*\{|type (?<alias>\w+) =)(?<rest>.*)$/
const FIELD = /^ {4}(?<name>\w+)(?<optional>\??):(?<rest>.*)$/

/** Reads the interfaces and type aliases of one .d.ts file, by name. */
export function readDeclarations(source: string): Map<string, Declaration> {
  const found = new Map<string, Declaration>()
  const lines = source.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const groups = DECLARATION.exec(lines[at] ?? '')?.groups
    if (!groups) continue
    if (groups['interface']) {
      const isEmpty = groups['rest'] === '}'
      const body = isEmpty ? [] : linesUntil(lines, at + 1, (line) => line === '}')
      found.set(groups['interface'], { kind: 'interface', fields: fieldsOf(body) })
    } else if (groups['alias']) {
      const rest = linesUntil(lines, at + 1, (line) => !line.startsWith('    '))
      const members = membersOf([groups['rest'] ?? '', ...rest].join('\n'))
      found.set(groups['alias'], { kind: 'alias', doc: docAbove(lines, at), members })
    }
  }
  return found
}

function fieldsOf(body: string[]): DeclaredField[] {
  const fields: DeclaredField[] = []
  for (let at = 0; at < body.length; at++) {
    const groups = FIELD.exec(body[at] ?? '')?.groups
    if (!groups) continue
    const rest = linesUntil(body, at + 1, (line) => /^ {4}[\w/]/.test(line))
    fields.push({
      name: groups['name'] ?? '',
      optional: groups['optional'] === '?',
      doc: docAbove(body, at),
      members: membersOf([groups['rest'] ?? '', ...rest].join('\n')),
    })
  }
  return fields
}

/**
 * The members of a union. `(A | B)[]` gives `A[]` and `B[]`; the helper forms `{ toString(): … }`
 * and `{ toJSON(): … }` are left out.
 */
function membersOf(type: string): string[] {
  const list = /^\s*\((?<inside>[^()]*)\)\[\]\s*$/.exec(type)?.groups?.['inside']
  const members = (list ?? type).split('|').map((member) => member.trim())
  const named = members.filter((member) => member !== '' && !member.startsWith('{'))
  return list === undefined ? named : named.map((member) => `${member}[]`)
}

function docAbove(lines: string[], at: number): string {
  let start = at - 1
  while (start >= 0 && /^\s*(\/\*\*|\*)/.test(lines[start] ?? '')) start--
  const comment = lines.slice(start + 1, at).map((line) => line.trim().replace(/^\/?\*+\/?/, ''))
  return comment.join('\n').trim()
}

function linesUntil(lines: string[], from: number, isEnd: (line: string) => boolean): string[] {
  let end = from
  while (end < lines.length && !isEnd(lines[end] ?? '')) end++
  return lines.slice(from, end)
}
