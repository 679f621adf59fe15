import { misused } from './refusals.ts'
import type { FieldRule, Fields } from './rules/rules.ts'
import type { Upload } from './world/files.ts'

export interface ReceivedCall {
  params: Record<string, unknown>
  uploads: Map<string, Upload>
}

interface CallRequest {
  headers: { 'content-type'?: string | undefined }
  body: Buffer | undefined
  query: Record<string, string>
}

const SCALARS = ['String', 'Integer', 'Float', 'Boolean', 'True', 'InputFile']

/**
 * Reads the parameters of a call from the address and a JSON, form or multipart body. In forms all
 * values are text, and everywhere an object may be given as its JSON text.
 */
export async function readCall(fields: Fields, request: CallRequest): Promise<ReceivedCall> {
  const { headers, body, query } = request
  const contentType = headers['content-type'] ?? ''
  const call: ReceivedCall = { params: fromForm(fields, Object.entries(query)), uploads: new Map() }
  if (!body || body.length === 0) return call
  if (contentType.startsWith('application/json')) {
    Object.assign(call.params, fromJson(fields, body.toString()))
    return call
  }
  const form = await readForm(contentType, body)
  Object.assign(call.params, fromForm(fields, texts(form)))
  for (const [name, file] of form) {
    if (typeof file === 'string') continue
    call.uploads.set(name, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    if (name in fields) call.params[name] = `attach://${name}`
  }
  return call
}

/** The parameters as they are logged, with a word in place of each file. */
export function describeParams({ params, uploads }: ReceivedCall): Record<string, unknown> {
  const files = [...uploads].map(([part, { name, bytes }]) => [
    part,
    `<${name}, ${bytes.length} bytes>`,
  ])
  return { ...params, ...Object.fromEntries(files) }
}

async function readForm(contentType: string, body: Buffer): Promise<FormData> {
  const headers = { 'content-type': contentType }
  try {
    return await new Response(new Uint8Array(body), { headers }).formData()
  } catch {
    throw misused("can't parse request body")
  }
}

function texts(form: FormData): [string, string][] {
  return [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
}

function fromJson(fields: Fields, body: string): Record<string, unknown> {
  const values = parsed(body, "can't parse JSON content")
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw misused("can't parse JSON content")
  }
  const read = Object.entries(values).map(([name, value]) => {
    const rule = fields[name]
    const isObjectText = typeof value === 'string' && rule !== undefined && !takesText(rule)
    return [name, isObjectText && !isScalar(rule) ? objectFrom(name, value) : value]
  })
  return Object.fromEntries(read)
}

function fromForm(fields: Fields, entries: [string, string][]): Record<string, unknown> {
  return Object.fromEntries(
    entries.map(([name, text]) => [name, valueFrom(name, text, fields[name])]),
  )
}

/** What a text in a form stands for; what fits nothing stays text and is refused later. */
function valueFrom(name: string, text: string, rule: FieldRule | undefined): unknown {
  if (!rule) return text
  if (rule.types.includes('Integer') && /^-?\d+$/.test(text)) return Number(text)
  if (rule.types.includes('Float') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (rule.types.includes('Boolean') && /^(true|false|1|0)$/i.test(text))
    return /^(true|1)$/i.test(text)
  if (takesText(rule) || isScalar(rule)) return text
  return objectFrom(name, text)
}

function objectFrom(name: string, text: string): unknown {
  return parsed(text, `can't parse ${name.replaceAll('_', ' ')} JSON object`)
}

function parsed(text: string, words: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw misused(words)
  }
}

function takesText(rule: FieldRule): boolean {
  return rule.types.includes('String') || rule.types.includes('InputFile')
}

function isScalar(rule: FieldRule): boolean {
  return rule.types.every((type) => SCALARS.includes(type))
}
