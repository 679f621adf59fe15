import { stat } from 'node:fs/promises'
import { run } from './run.ts'

/** Who runs the server's programs when it is not the user of this process. */
export interface SystemUser {
  name: string
  uid: number
  gid: number
}

/**
 * The user that the server runs as. PostgreSQL refuses root, so root hands over: to the owner of
 * the data when there are some, else to `postgres`, else to `nobody`. Everybody else stays who
 * they are (undefined).
 */
export async function userFor(cluster: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  return (await ownerOf(cluster)) ?? (await unprivilegedUser(['postgres', '_postgres', 'nobody']))
}

async function ownerOf(path: string): Promise<SystemUser | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found || found.uid === 0) return undefined
  return { name: `user ${found.uid}`, uid: found.uid, gid: found.gid }
}

/** The first of these users that this machine has. */
export async function unprivilegedUser(names: readonly string[]): Promise<SystemUser> {
  for (const name of names) {
    const uid = await idOf('-u', name)
    const gid = await idOf('-g', name)
    if (uid && gid) return { name, uid, gid }
  }
  throw new Error(
    `PostgreSQL does not run as root, and none of the users ${names.join(', ')} exists here. ` +
      'Start as an ordinary user, or set DATABASE_URL.',
  )
}

async function idOf(flag: '-u' | '-g', name: string): Promise<number | undefined> {
  const { code, output } = await run('id', [flag, name])
  return code === 0 ? Number(output) : undefined
}
