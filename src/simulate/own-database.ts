import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createDatabase } from '../store/embedded/create-database.ts'
import { startEmbedded } from '../store/embedded/start-embedded.ts'

/** A database server that nobody else uses, in a directory of its own. */
export type OwnServer = {
  dataDir: string
  /** The environment of a program that is to use a database of this name; it is made where there is none. */
  environmentFor(database: string): Promise<Record<string, string>>
  /** Stops it; whatever was in it is gone, unless it is to be kept. */
  close(keep: boolean): Promise<void>
}

/** What the program's own database is called. */
export const USUAL_DATABASE = 'passalong'

/** Starts a server that is fast and may lose everything when the power fails. */
export async function startOwnServer(): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'passalong-simulate-'))
  // started by root, the server runs as somebody else, who must get in
  await chmod(dataDir, 0o755)
  const server = await startEmbedded({
    dir: join(dataDir, 'postgres'),
    initdbOptions: ['-N'],
    serverOptions: ['-c', 'fsync=off', '-c', 'synchronous_commit=off'],
  })
  return {
    dataDir,
    environmentFor: async (database) => ({
      DATA_DIR: dataDir,
      DATABASE_URL: await createDatabase(server.url, database),
    }),
    close: async (keep) => {
      await server.stop()
      if (!keep) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
