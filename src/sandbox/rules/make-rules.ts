/**
 * Writes `rules.generated.json` from the types of the npm package @gramio/types:
 *
 *     node src/sandbox/rules/make-rules.ts
 *
 * Length limits stand only in the comments of those types, so they are read from there.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Declaration, type DeclaredField, readDeclarations } from './read-types.ts'
import type { FieldRule, Fields, Rules } from './rules.ts'

const PLAIN: Record<string, string> = { string: 'String', boolean: 'Boolean', true: 'True' }

/** The types say `number` for both; all other numbers are whole. */
const FLOATS =
  /^(latitude|longitude|horizontal_accuracy|[xy]_shift|scale|temperature|\w+_percentage|(main|cover)_frame_timestamp|InputStoryContentVideo\.duration|StoryAreaPosition\.rotation_angle)$/

type Declarations = Map<string, Declaration>

/** Reads all methods, and the objects that can be part of a call. */
export function makeRules(): Rules {
  const folder = new URL('../../../node_modules/@gramio/types/out/', import.meta.url)
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8')
  const version = /Bot API v(?<version>[\d.]+)/.exec(read('index.d.ts'))?.groups?.['version'] ?? ''
  const declarations = readDeclarations(read('objects.d.ts') + read('params.d.ts'))

  const rules: Rules = { version, methods: {}, objects: {}, unions: {} }
  for (const method of methodNames(read('methods.d.ts'))) {
    const params = `${method[0]?.toUpperCase()}${method.slice(1)}Params`
    rules.methods[method] = fieldsOf(method, declarations.get(params), declarations)
  }
  addReachable(rules, declarations)
  return rules
}

function methodNames(source: string): string[] {
  const names = source.matchAll(/^ {4}(?<name>\w+): CallAPI/gm)
  return [...names].map((match) => match.groups?.['name'] ?? '')
}

/** Follows the types of all fields and adds each once. */
function addReachable(rules: Rules, declarations: Declarations): void {
  const waiting = Object.values(rules.methods).flatMap(typesOf)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const declaration = declarations.get(`Telegram${name}`)
    if (!declaration || name === 'InputFile' || name in rules.objects || name in rules.unions)
      continue
    if (declaration.kind === 'interface') {
      const fields = fieldsOf(name, declaration, declarations)
      rules.objects[name] = fields
      waiting.push(...typesOf(fields))
    } else {
      const members = [...alsoTextOf(declaration.doc, name), ...declaration.members.map(plainName)]
      rules.unions[name] = members
      waiting.push(...members)
    }
  }
  rules.objects = sorted(rules.objects)
  rules.unions = sorted(rules.unions)
}

/** A rich text may be a string or a list as well, which the type does not say but its comment does. */
function alsoTextOf(doc: string, name: string): string[] {
  return doc.includes('either a String for plain text, an Array of') ? ['String', `${name}[]`] : []
}

function typesOf(fields: Fields): string[] {
  return Object.values(fields).flatMap((field) =>
    field.types.map((type) => type.replaceAll('[]', '')),
  )
}

function fieldsOf(owner: string, declaration: Declaration | undefined, all: Declarations): Fields {
  if (declaration?.kind !== 'interface') return {}
  return Object.fromEntries(
    declaration.fields.map((field) => [field.name, ruleOf(owner, field, all)]),
  )
}

function ruleOf(owner: string, field: DeclaredField, all: Declarations): FieldRule {
  const members = field.members.flatMap((member) => inlined(member, all))
  const literals = members.filter(isLiteral).map((text) => text.replaceAll('"', ''))
  const types = members.map((member) => typeName(owner, field.name, member))
  return {
    types: [...new Set(types)],
    ...(field.optional ? {} : { required: true }),
    ...(literals.length > 0 ? { enum: literals } : {}),
    ...(field.name === 'allowed_updates' ? { enum: updateKinds(all) } : {}),
    ...limitsOf(field.doc),
  }
}

/** The name of a list of literals becomes those literals; everything else stays as it is. */
function inlined(member: string, all: Declarations): string[] {
  const declaration = all.get(member) ?? all.get(`Telegram${plainName(member)}`)
  if (declaration?.kind !== 'alias') return [member]
  return declaration.members.every(isLiteral) ? declaration.members : [member]
}

function isLiteral(member: string): boolean {
  return /^["\d]/.test(member)
}

function typeName(owner: string, field: string, member: string): string {
  if (isLiteral(member)) return member.startsWith('"') ? 'String' : 'Integer'
  if (member.startsWith('Exclude<')) return 'String[]'
  const brackets = /(\[\])*$/.exec(member)?.[0] ?? ''
  const name = member.slice(0, member.length - brackets.length)
  if (name !== 'number') return (PLAIN[name] ?? plainName(name)) + brackets
  const isFloat = FLOATS.test(field) || FLOATS.test(`${owner}.${field}`)
  return (isFloat ? 'Float' : 'Integer') + brackets
}

function plainName(member: string): string {
  return member.replace(/^Objects\./, '').replace(/^Telegram/, '')
}

function updateKinds(all: Declarations): string[] {
  const update = all.get('TelegramUpdate')
  const fields = update?.kind === 'interface' ? update.fields : []
  return fields.map((field) => field.name).filter((name) => name !== 'update_id')
}

function limitsOf(doc: string): Partial<FieldRule> {
  const range = /(?<min>\d+)-(?<max>\d+) (?<unit>characters|bytes)/i.exec(doc)?.groups
  const most = /can't exceed (?<max>\d+) (?<unit>bytes)/.exec(doc)?.groups
  const { min, max, unit } = { ...most, ...range }
  if (!max) return {}
  return {
    ...(min && min !== '0' ? { min: Number(min) } : {}),
    max: Number(max),
    unit: unit?.toLowerCase() === 'bytes' ? 'bytes' : 'characters',
    ...(/after entit(ies|y) parsing/.test(doc) ? { afterEntities: true } : {}),
    ...patternOf(doc),
  }
}

function patternOf(doc: string): Partial<FieldRule> {
  if (doc.includes('only lowercase English letters, digits and underscores')) {
    return { pattern: '[a-z0-9_]*' }
  }
  if (/only (characters )?`A-Z`, `a-z`, `0-9`, `_` and `-` are allowed/i.test(doc)) {
    return { pattern: '[A-Za-z0-9_-]*' }
  }
  return {}
}

function sorted<T>(table: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = new URL('./rules.generated.json', import.meta.url)
  writeFileSync(target, `${JSON.stringify(makeRules(), null, 1)}\n`)
}
