import { createServer, connect as open, type Socket } from 'node:net'

/** What happens to the bytes between the program and its database. */
type Mode =
  | { kind: 'pass' }
  /** Nothing arrives and nobody is told. What fell in stays lost, also after healing. */
  | { kind: 'black hole' }
  | { kind: 'delay'; ms: number }
  /** Statements arrive; this share of the answers does not, and the connection ends. */
  | { kind: 'lose answers'; share: number; draw: () => number; to?: RegExp }

export type Line = AsyncDisposable & {
  port: number
  mode: Mode
  /** How many answers of the database were lost on purpose. */
  lostAnswers: number
  /** Ends all connections as a router would that forgot them. */
  reset(): void
}

type Pair = {
  near: Socket
  far: Socket
  asked: number
  fellIn: boolean
  onTheWay: number
  named?: number
}

/** No delay is longer, so whoever waits so long overtakes nobody. */
const SLOWEST_MS = 250

/** The messages with which a client logs in; answers to these are never lost on purpose. */
const LOGIN_MESSAGES = 3

/** A TCP proxy on loopback whose line can fail; `farPort` is asked at each connection. */
export async function openProxy(farPort: () => number): Promise<Line> {
  const lines = new Set<Pair>()
  const server = createServer({ noDelay: true }, (near) => {
    const far = open({ port: farPort(), host: '127.0.0.1', noDelay: true })
    const line: Pair = { near, far, asked: 0, fellIn: false, onTheWay: 0 }
    lines.add(line)
    const end = () => {
      lines.delete(line)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
    near.on('data', (bytes: Buffer) => {
      line.asked++
      if (isNamed(proxy.mode, bytes)) line.named = line.asked
      carry(proxy.mode, line, far, bytes)
    })
    far.on('data', (bytes: Buffer) => {
      if (isLost(proxy.mode, line)) {
        proxy.lostAnswers++
        near.resetAndDestroy()
        return end()
      }
      carry(proxy.mode, line, near, bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }

  const proxy: Line = {
    port: address.port,
    mode: { kind: 'pass' },
    lostAnswers: 0,
    reset: () => {
      for (const { near } of lines) near.resetAndDestroy()
    },
    [Symbol.asyncDispose]: async () => {
      for (const { near } of lines) near.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}

function isNamed(mode: Mode, bytes: Buffer): boolean {
  return mode.kind === 'lose answers' && (mode.to?.test(bytes.toString('latin1')) ?? false)
}

/** A statement is named when it is prepared; what is asked for after that is its result. */
function isLost(mode: Mode, { asked, named }: Pair): boolean {
  if (mode.kind !== 'lose answers' || mode.draw() >= mode.share) return false
  return mode.to ? named !== undefined && asked > named : asked > LOGIN_MESSAGES
}

/** Bytes never overtake bytes: while some are on the way, those that follow are as slow. */
function carry(mode: Mode, line: Pair, to: Socket, bytes: Buffer): void {
  if (mode.kind === 'black hole') line.fellIn = true
  if (line.fellIn || to.destroyed) return
  if (mode.kind !== 'delay' && line.onTheWay === 0) {
    to.write(bytes)
    return
  }
  line.onTheWay++
  setTimeout(
    () => {
      line.onTheWay--
      if (!to.destroyed) to.write(bytes)
    },
    mode.kind === 'delay' ? mode.ms : SLOWEST_MS,
  )
}
