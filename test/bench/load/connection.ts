import { connect, type Socket } from 'node:net'

export type Answer = { status: number; body: string }

/** One keep-alive connection: asks once at a time and reads answers with a content-length. */
export type Connection = {
  /** Whether the server still listens: one that nobody asks anything is closed after a while. */
  isOpen(): boolean
  ask(request: string): void
  close(): void
}

const HEAD_END = '\r\n\r\n'

/** Opens a connection. `onAnswer` is called for each answer, `onBroken` when there will be none. */
export function openConnection(
  port: number,
  onAnswer: (answer: Answer) => void,
  onBroken: (error: Error) => void,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let received = ''
    let closing = false
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      received += chunk
      const head = received.indexOf(HEAD_END)
      if (head < 0) return
      const bodyAt = head + HEAD_END.length
      const end = bodyAt + lengthIn(received)
      if (received.length < end) return
      const answer = { status: Number(received.slice(9, 12)), body: received.slice(bodyAt, end) }
      received = received.slice(end)
      onAnswer(answer)
    })
    socket.on('error', (error) => (closing ? undefined : onBroken(error)))
    socket.on('close', () => {
      if (!closing) onBroken(new Error('The server closed the connection.'))
    })
    socket.once('error', reject)
    socket.once('connect', () =>
      resolve({
        isOpen: () => socket.readyState === 'open',
        ask: (request) => {
          if (socket.readyState === 'open') socket.write(request, 'latin1')
          else setImmediate(onBroken, new Error('The server has closed the connection.'))
        },
        close: () => {
          closing = true
          socket.destroy()
        },
      }),
    )
  })
}

function lengthIn(received: string): number {
  const at = received.search(/content-length: /i)
  return at < 0 ? 0 : Number.parseInt(received.slice(at + 16, at + 26), 10)
}
