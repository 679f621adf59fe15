import { randomBytes } from 'node:crypto'
import { checkedLink, isPrivateHost } from '../links-allowed.ts'
import { misused, Refusal } from '../refusals.ts'
import type { World } from '../world.ts'

export interface StoredFile {
  id: string
  width: number
  height: number
  /** An upload has bytes, a photo given by address has the address. */
  content: { bytes: Uint8Array; type: string } | { url: string }
}

export interface StoredDocument {
  id: string
  name: string
  type: string
  bytes: Uint8Array
}

export interface Upload {
  name: string
  bytes: Uint8Array
}

const MAX_PHOTO_BYTES = 10 * 1024 * 1024
const MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
const TYPES: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
}

/** Keeps a photo, under Telegram's conditions: PNG or JPEG, 10 MB, sides ≤ 10000 in sum and 20:1. */
export function storePhoto(world: World, upload: Upload): StoredFile {
  if (upload.bytes.length > MAX_PHOTO_BYTES) {
    throw misused(
      `file of size ${upload.bytes.length} bytes is too big for a photo; the maximum size is ${MAX_PHOTO_BYTES} bytes`,
    )
  }
  const size = imageSize(upload.bytes)
  if (!size) throw misused('IMAGE_PROCESS_FAILED')
  const { width, height, type } = size
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (width + height > 10_000 || !(ratio <= 20)) throw misused('PHOTO_INVALID_DIMENSIONS')
  return keep(world, { width, height, content: { bytes: upload.bytes, type } })
}

/** A photo that Telegram would fetch; the sandbox only remembers where it is. */
export function linkPhoto(world: World, address: string): StoredFile {
  const url = checkedLink(address)
  if (!url) throw misused('wrong HTTP URL specified')
  if (isPrivateHost(new URL(url).hostname)) throw misused('failed to get HTTP URL content')
  return keep(world, { width: 800, height: 600, content: { url } })
}

/** Keeps a document as it came: 50 MB at most, and not empty. */
export function storeDocument(world: World, upload: Upload): StoredDocument {
  if (upload.bytes.length === 0) throw misused('file must be non-empty')
  if (upload.bytes.length > MAX_DOCUMENT_BYTES) throw new Refusal(413, 'Request Entity Too Large')
  const type = TYPES[upload.name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  const stored = { id: randomBytes(36).toString('base64url'), type, ...upload }
  world.documents.set(stored.id, stored)
  return stored
}

function keep(world: World, file: Omit<StoredFile, 'id'>): StoredFile {
  const stored = { id: randomBytes(36).toString('base64url'), ...file }
  world.files.set(stored.id, stored)
  return stored
}

function imageSize(bytes: Uint8Array): { width: number; height: number; type: string } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength > 24 && view.getUint32(0) === 0x89504e47) {
    return { width: view.getUint32(16), height: view.getUint32(20), type: 'image/png' }
  }
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined
  return jpegSize(view)
}

/** Walks the segments of a JPEG to the one that tells its size. */
function jpegSize(view: DataView): { width: number; height: number; type: string } | undefined {
  let at = 2
  while (at + 9 < view.byteLength) {
    const marker = view.getUint16(at)
    const tellsSize =
      marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
    if (tellsSize) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), type: 'image/jpeg' }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}
