import { readFileSync } from 'node:fs'

/**
 * What the Bot API takes, as `make-rules.ts` reads it from the published types.
 *
 * A type is the name of an object in `objects`, of a union in `unions`, or one of `Integer`,
 * `Float`, `String`, `Boolean`, `True`, `InputFile`; `[]` after it makes it an array.
 */
export interface Rules {
  version: string
  methods: Record<string, Fields>
  objects: Record<string, Fields>
  unions: Record<string, string[]>
}

export type Fields = Record<string, FieldRule>

export interface FieldRule {
  /** Any one of these. */
  types: string[]
  required?: true
  /** The only values allowed; for an array, of its elements. */
  enum?: string[]
  min?: number
  max?: number
  unit?: 'characters' | 'bytes'
  /** Length is counted after formatting has been taken out of the text. */
  afterEntities?: true
  /** The allowed characters, as a regular expression for the whole value. */
  pattern?: string
}

export function readRules(): Rules {
  return JSON.parse(readFileSync(new URL('./rules.generated.json', import.meta.url), 'utf8'))
}
