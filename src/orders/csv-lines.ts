/** The longest line that is read; the rest of a longer one is dropped, so memory stays bounded. */
export const MAX_LINE_BYTES = 64 * 1024

/** One physical line without its line feed, counted from 1. Longer than MAX_LINE_BYTES means cut. */
export type Line = { number: number; bytes: Buffer }

/** Cuts a stream of bytes into lines. The last one needs no line feed. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 1
  let rest: Buffer = Buffer.alloc(0)

  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
      yield { number, bytes: bytes.subarray(start, end) }
      number += 1
      start = end + 1
    }
    rest = bytes.subarray(start, start + MAX_LINE_BYTES + 1)
  }
  if (rest.length > 0) yield { number, bytes: rest }
}

const LINE_FEED = 0x0a
