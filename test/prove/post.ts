import { Agent, request } from 'node:http'

export type Reply = { status: number; body: Record<string, unknown> }

const agent = new Agent({ keepAlive: true, maxSockets: 512 })

/** Posts JSON to a port of this machine. Throws when there is no whole answer in time. */
export function post(
  port: number,
  path: string,
  headers: Record<string, string>,
  body: object,
  timeoutMs: number,
): Promise<Reply> {
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        agent,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        },
      },
      (answer) => {
        let said = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => {
          said += part
        })
        answer.on('error', reject)
        answer.on('end', () => {
          clearTimeout(timer)
          try {
            resolve({ status: answer.statusCode ?? 0, body: JSON.parse(said) })
          } catch (error) {
            reject(error)
          }
        })
      },
    )
    const timer = setTimeout(() => sent.destroy(new TimeoutError()), timeoutMs)
    sent.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    sent.end(text)
  })
}

/** There was no answer in time: what must never happen while the program lives. */
export class TimeoutError extends Error {}
