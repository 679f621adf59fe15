import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

type Calls = Record<string, (...args: never[]) => Promise<unknown>>
type Call = { id: number; name: string; args: unknown[] }
type Reply = { id: number; value?: unknown; error?: string }

/** Another process of the bench, and what it can be asked for. */
export type Child<T> = AsyncDisposable & { pid: number; ask: T }

/** Starts a file as a process of its own. It ends with this one. */
export function startChild<T extends Calls>(
  file: URL,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Child<T> {
  const child = fork(file, args, {
    execArgv: [...flags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (reply: Reply) => void>()
  let last = 0
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  child.on('exit', (code) => {
    for (const [id, settle] of waiting) settle({ id, error: `${file.pathname} ended with ${code}` })
  })
  const ask = new Proxy({} as T, {
    get: (_, name) =>
      typeof name !== 'string' || name === 'then'
        ? undefined
        : (...given: unknown[]) =>
            new Promise((resolve, reject) => {
              const id = ++last
              waiting.set(id, ({ value, error }) =>
                error === undefined ? resolve(value) : reject(new Error(error)),
              )
              child.send({ id, name, args: given } satisfies Call)
            }),
  })
  return { pid: child.pid ?? 0, ask, [Symbol.asyncDispose]: () => end(child) }
}

/** Lets go of the child; it closes what it has and ends. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.disconnect()
  const killing = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(killing)
}

/** The child's side: answers calls until its parent lets go, then closes and ends. */
export function answerCalls<T extends Calls>(
  calls: { [Name in keyof T]: T[Name] },
  close: () => Promise<unknown> = async () => undefined,
): void {
  async function answer({ id, name, args }: Call): Promise<void> {
    try {
      const value = await calls[name as keyof T](...(args as never[]))
      process.send?.({ id, value } satisfies Reply)
    } catch (error) {
      process.send?.({ id, error: String((error as Error).stack ?? error) } satisfies Reply)
    }
  }
  process.on('message', (call: Call) => void answer(call))
  process.on('disconnect', () => {
    void close().finally(() => process.exit())
  })
}
