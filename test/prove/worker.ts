import { buildHttp } from '../../src/http/app.ts'
import { openProveApp, type ProveAppOptions } from './app.ts'
import { type Death, dyingDatabase } from './dying-database.ts'

/** How a process of the program is started that is there to be killed. */
export type WorkerOptions = Omit<ProveAppOptions, 'wrap'> & {
  /** At which statement it kills itself. */
  death?: Death
}

// The program itself: its context and its HTTP server, in a process of its own. It says its port, and
// what nobody caught; it ends when whoever started it does.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => process.stderr.write(`UNCAUGHT ${describe(error)}\n`))
}
process.stdin.on('end', () => process.exit()).resume()

const { death, ...options } = JSON.parse(process.argv[2] ?? '') as WorkerOptions
const app = openProveApp({
  ...options,
  ...(death && {
    wrap: (db) => dyingDatabase(db, death, () => process.kill(process.pid, 'SIGKILL')).db,
  }),
})
const server = await buildHttp(app)
await server.listen({ host: '127.0.0.1', port: 0 })
const { port } = server.server.address() as { port: number }
process.stdout.write(`${port}\n`)

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
