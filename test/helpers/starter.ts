import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import type { Embedded } from '../../src/store/embedded/start-embedded.ts'

/** Another process that has started the embedded server, and ends it when its input ends. */
export interface Starter {
  server: Pick<Embedded, 'url' | 'owner' | 'dir'>
  child: ChildProcess
  /** What it prints next: after the server, the number of each row that was acknowledged. */
  nextLine(): Promise<string>
  leave(): Promise<void>
}

const SOURCE = new URL('../../src/store/embedded/start-embedded.ts', import.meta.url).href
const DRIVER = new URL('../../node_modules/postgres/src/index.js', import.meta.url).href

const SCRIPT = `
const { startEmbedded } = await import('${SOURCE}')
const { default: postgres } = await import('${DRIVER}')
process.on('SIGINT', () => {})
process.stdin.on('end', async () => { await server.stop(); process.exit() }).resume()
const server = await startEmbedded({ dir: process.argv[1], initdbOptions: ['-N'] })
console.log(JSON.stringify(server))
if (process.argv[2] === 'and write') {
  const sql = postgres(server.url)
  for (let id = 1; ; id++) { await sql\`insert into acknowledged values (\${id})\`; console.log(id) }
}
`

/** Begins a start in another process, in a process group of its own, as a terminal would. */
export function beginStarter(dir: string, then = '', user?: { uid: number; gid: number }) {
  return spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, dir, then], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    cwd: '/',
    ...user,
  })
}

export async function startElsewhere(...args: Parameters<typeof beginStarter>): Promise<Starter> {
  const child = beginStarter(...args)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('The starter said nothing more.')
    return value
  }
  const exited = once(child, 'exit')
  return {
    server: JSON.parse(await nextLine()),
    child,
    nextLine,
    leave: async () => {
      child.stdin.end()
      await exited
    },
  }
}

/** Asks one thing on a connection of its own. */
export async function query(url: string, text: string): Promise<postgres.Row[]> {
  const sql = postgres(url, { max: 1, prepare: false })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}
