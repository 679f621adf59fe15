import { randomUUID } from 'node:crypto'
import { type Telegram, TelegramError } from 'telegraf'

/** A file that goes along with a call; it is read as it is sent. */
export type Upload = {
  bytes: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>
  filename: string
}

/** Nothing that was kept as JSON can be one. */
export function isUpload(value: unknown): value is Upload {
  return typeof (value as { bytes?: unknown } | null | undefined)?.bytes === 'function'
}

/**
 * Calls a method with files, holding as much of them as is on its way. Telegraf cannot: on Node 26 the
 * body that it makes of several parts stops after the first. Throws a TelegramError, as Telegraf does.
 */
export async function callWithFiles(
  telegram: Telegram,
  method: string,
  params: Record<string, unknown>,
  signal: AbortSignal,
): Promise<unknown> {
  const boundary = randomUUID()
  const reply = await fetch(new URL(`./bot${telegram.token}/${method}`, telegram.options.apiRoot), {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: ReadableStream.from(multipart(params, boundary)),
    duplex: 'half',
    signal,
  })
  const answer = await readAnswer(reply)
  if (answer.ok) return answer.result
  throw new TelegramError(answer, { method, payload: {} })
}

type Refused = { ok: false } & ConstructorParameters<typeof TelegramError>[0]

/** What stands before the Bot API may answer as well, and in pages of its own. */
async function readAnswer(reply: Response): Promise<{ ok: true; result: unknown } | Refused> {
  const { status, statusText } = reply
  const answer = (await reply.json().catch(() => undefined)) as
    | { ok: true; result: unknown }
    | Refused
    | undefined
  return answer ?? { ok: false, error_code: status, description: statusText }
}

async function* multipart(
  params: Record<string, unknown>,
  boundary: string,
): AsyncGenerator<Uint8Array> {
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"`
    if (isUpload(value)) {
      yield Buffer.from(`${head}; filename="${value.filename}"\r\n\r\n`)
      yield* value.bytes()
      yield Buffer.from('\r\n')
    } else yield Buffer.from(`${head}\r\n\r\n${textOf(value)}\r\n`)
  }
  yield Buffer.from(`--${boundary}--\r\n`)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
