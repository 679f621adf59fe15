import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { Check, Errors } from 'typebox/value'

import { AppError } from '../errors.ts'
import { compileDateFormat, type DateReader } from './date-format.ts'
import onlineRetail from './maps/online-retail.json' with { type: 'json' }
import type { LineKind } from './source.ts'

/** How the columns and words of a merchant's file are to be understood. README.md has the form. */
export type ColumnMap = {
  /** What we call a column → what the file calls it. */
  columns: ReadonlyMap<ColumnName, string>
  readDate: DateReader
  dateFormat: string
  isCancellation: (id: string) => boolean
  kindOf: (sku: string) => LineKind
  categoryOf: (title: string) => string | undefined
}

export type ColumnName = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]

/** Loads a preset by its name, or a map file by its path (which has a slash, or ends in .json). */
export async function loadColumnMap(nameOrPath: string | undefined): Promise<ColumnMap> {
  if (nameOrPath === undefined) throw invalid(`A column map is needed: ${CHOICES}.`)
  if (/[\\/]|\.json$/.test(nameOrPath)) return compileMap(await readJson(nameOrPath), nameOrPath)

  const preset = PRESETS.get(nameOrPath)
  if (preset === undefined) throw invalid(`There is no column map "${nameOrPath}": ${CHOICES}.`)
  return compileMap(preset, nameOrPath)
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw invalid(`The column map ${path} cannot be read: ${why}`, cause)
  }
}

function compileMap(map: unknown, name: string): ColumnMap {
  if (!Check(MapFile, map)) {
    const faults = Errors(MapFile, map).map(
      (error) => `${error.instancePath.slice(1).replaceAll('/', '.') || 'it'} ${error.message}`,
    )
    throw invalid(`The column map ${name} is not right: ${[...new Set(faults)].join('; ')}.`)
  }
  const readDate = compileDateFormat(map.dateFormat)
  if (!readDate) {
    throw invalid(`The column map ${name} has a dateFormat not understood: "${map.dateFormat}".`)
  }
  const kinds = new Map(Object.entries(map.kinds ?? {}))
  const prefix = map.cancellationPrefix

  return {
    columns: new Map(Object.entries(map.columns) as [ColumnName, string][]),
    readDate,
    dateFormat: map.dateFormat,
    isCancellation: (id) => prefix !== undefined && id.startsWith(prefix),
    kindOf: (sku) => kinds.get(sku) ?? 'item',
    categoryOf: compileCategories(map.categories ?? {}),
  }
}

/**
 * The first category of which a keyword stands in the title: any case, as a word of its own or with
 * a plural s. Only letters and digits of English make a word, so 茶 is found in 绿茶.
 */
function compileCategories(categories: Record<string, string[]>): ColumnMap['categoryOf'] {
  const patterns = Object.entries(categories).map(([category, keywords]) => {
    const anyOf = keywords.map((keyword) => RegExp.escape(keyword)).join('|')
    return { category, pattern: new RegExp(`(?<![a-z0-9])(?:${anyOf})s?(?![a-z0-9])`, 'i') }
  })
  return (title) => patterns.find(({ pattern }) => pattern.test(title))?.category
}

function invalid(message: string, cause?: unknown): AppError {
  return new AppError('ERR_REQUEST_INVALID', message, { cause })
}

const REQUIRED = ['order', 'sku', 'quantity', 'unitPrice', 'date'] as const
const OPTIONAL = ['title', 'customer', 'country', 'currency'] as const

const Word = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
const CLOSED = { additionalProperties: false }

const MapFile = Type.Object(
  {
    columns: Type.Object(
      {
        order: Word,
        sku: Word,
        quantity: Word,
        unitPrice: Word,
        date: Word,
        title: Type.Optional(Word),
        customer: Type.Optional(Word),
        country: Type.Optional(Word),
        currency: Type.Optional(Word),
      },
      CLOSED,
    ),
    dateFormat: Word,
    cancellationPrefix: Type.Optional(Word),
    kinds: Type.Optional(
      Type.Record(Type.String(), Type.Enum(['item', 'postage', 'discount', 'fee'])),
    ),
    categories: Type.Optional(Type.Record(Type.String(), Type.Array(Word, { minItems: 1 }))),
  },
  CLOSED,
)

const PRESETS: ReadonlyMap<string, unknown> = new Map([['online-retail', onlineRetail]])
const CHOICES = `name a preset (${[...PRESETS.keys()].join(', ')}) or the path of a map file`
