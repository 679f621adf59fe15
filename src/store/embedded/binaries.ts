import { chmod, cp, lchown, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import type { Home } from './home.ts'
import { packageFor } from './platform.ts'
import { run } from './run.ts'
import type { SystemUser } from './system-user.ts'

export interface Binaries {
  initdb: string
  pgCtl: string
  /** 18 for PostgreSQL 18.4. */
  major: string
}

/**
 * Makes the programs of the installed package runnable for the server's user: in place where that
 * works, else (a closed directory, a read-only one) in a copy within the home of the data.
 */
export async function prepareBinaries(
  home: Home,
  log: (message: string) => void,
  packageRoot: string = installedPackage(),
): Promise<Binaries> {
  const version = await versionOf(packageRoot)
  const inPlace = await tryOut(packageRoot, home.user)
  if (inPlace.code === 0) return programsIn(packageRoot, version)

  const copy = join(home.dir, `postgresql-${version}`)
  if ((await tryOut(copy, home.user)).code === 0) return programsIn(copy, version)
  log(`Copying PostgreSQL to ${copy}, since it does not run where it was installed.`)
  await copyPackage(packageRoot, copy, home)
  const copied = await tryOut(copy, home.user)
  if (copied.code === 0) return programsIn(copy, version)
  throw new Error(`PostgreSQL does not run here: ${copied.output} Set DATABASE_URL to a server.`)
}

function installedPackage(): string {
  const name = packageFor()
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    const message = `The package ${name} is not installed. Install it, or set DATABASE_URL.`
    throw new Error(message, { cause })
  }
}

async function versionOf(packageRoot: string): Promise<string> {
  const text = await readFile(join(packageRoot, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function programsIn(packageRoot: string, version: string): Binaries {
  const program = (name: string) => join(packageRoot, 'native', 'bin', name + EXTENSION)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), major: version.split('.')[0] ?? '' }
}

/** The bits that let the owner, the group and others run a program. */
const FOR_ALL = 0o111

const EXTENSION = process.platform === 'win32' ? '.exe' : ''

/** Runs the server for its version: only with all its libraries linked and readable does it answer. */
async function tryOut(packageRoot: string, user: SystemUser | undefined) {
  try {
    if (process.platform !== 'win32') await repair(packageRoot)
    return await run(
      join(packageRoot, 'native', 'bin', `postgres${EXTENSION}`),
      ['--version'],
      user,
    )
  } catch (error) {
    return { code: null, output: String(error) }
  }
}

/**
 * Does what the package's install script would have done, had it been allowed to run. Writes only
 * where something is missing, so that a package which belongs to root serves an ordinary user.
 */
async function repair(packageRoot: string): Promise<void> {
  const list = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(relative(dirname(target), source), join(packageRoot, target)).catch(unlessExists)
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const file = join(packageRoot, 'native', 'bin', program)
    const { mode } = await stat(file)
    if ((mode & FOR_ALL) !== FOR_ALL) await chmod(file, 0o755)
  }
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

/** Copies under another name first, so that half a copy never counts. */
async function copyPackage(packageRoot: string, copy: string, home: Home): Promise<void> {
  const unfinished = `${copy}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await cp(packageRoot, unfinished, { recursive: true, verbatimSymlinks: true })
  if (home.user) await handOver(unfinished, home.user)
  await rm(copy, { recursive: true, force: true })
  await rename(unfinished, copy)
}

/** Gives a directory with all that is in it to a user. */
async function handOver(dir: string, user: SystemUser): Promise<void> {
  await lchown(dir, user.uid, user.gid)
  for (const name of await readdir(dir, { recursive: true })) {
    await lchown(join(dir, name), user.uid, user.gid)
  }
}
