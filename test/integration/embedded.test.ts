import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { prepareBinaries } from '../../src/store/embedded/binaries.ts'
import { ensureCluster } from '../../src/store/embedded/cluster.ts'
import { openHome } from '../../src/store/embedded/home.ts'
import { startServer, stopServer } from '../../src/store/embedded/server.ts'
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts'
import { beginStarter, query, startElsewhere } from '../helpers/starter.ts'

const QUICKLY = { initdbOptions: ['-N'] }
const directories: string[] = []

afterAll(async () => {
  for (const dir of directories) await rm(dir, { recursive: true, force: true })
})

test('the rows of the first start are there at the second', async () => {
  const dir = await emptyDirectory()
  const first = await startEmbedded({ dir, ...QUICKLY })
  await query(first.url, 'create table kept (id int); insert into kept values (7)')
  await first.stop()
  await expectStopped(first.url)

  const second = await startEmbedded({ dir, ...QUICKLY })
  const rows = await query(second.url, 'select id from kept')
  await second.stop()

  expect({ ...second, rows }).toMatchObject({ dir, owner: true, rows: [{ id: 7 }] })
})

test('stopping twice, even at once, is no error', async () => {
  const server = await startEmbedded({ dir: await emptyDirectory(), ...QUICKLY })
  await Promise.all([server.stop(), server.stop()])
  await server.stop()
  await expectStopped(server.url)
})

test('the server takes options, and refuses to start with the end of its log', async () => {
  const dir = await emptyDirectory()
  const options = ['-c', "application_name=it's $HOME", '-c', 'fsync=off']
  const server = await startEmbedded({ dir, ...QUICKLY, serverOptions: options })
  const [row] = await query(server.url, `select reset_val from pg_settings where name = 'fsync'`)
  await server.stop()
  expect(row).toEqual({ reset_val: 'off' })

  const refused = startEmbedded({ dir, serverOptions: ['-c', 'no_such_setting=1'] })
  await expect(refused).rejects.toThrow(/did not start.*unrecognized configuration parameter/s)
})

test('two first starts in one empty directory share a server, and the last one out stops it', async () => {
  const dir = await emptyDirectory()
  const both = await Promise.all([startElsewhere(dir), startElsewhere(dir)])
  const [owner, guest] = both.sort((a, b) => Number(b.server.owner) - Number(a.server.owner))

  expect([owner!.server.owner, guest!.server.owner]).toEqual([true, false])
  expect(guest!.server.url).toBe(owner!.server.url)
  await owner!.leave()
  expect(await query(guest!.server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await guest!.leave()
  await expectStopped(guest!.server.url)
})

test('a guest that leaves lets the server run', async () => {
  const dir = await emptyDirectory()
  const owner = await startElsewhere(dir)
  const guest = await startEmbedded({ dir, ...QUICKLY })
  await guest.stop()

  expect(guest.owner).toBe(false)
  expect(await query(owner.server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await owner.leave()
  await expectStopped(owner.server.url)
})

test('kill -9 of the starter loses no acknowledged row, and the next start takes its server over', async () => {
  const dir = await emptyDirectory()
  const first = await startEmbedded({ dir, ...QUICKLY })
  await query(first.url, 'create table acknowledged (id int)')
  await first.stop()
  const killed = await startElsewhere(dir, 'and write')
  let last = 0
  while (last < 200) last = Number(await killed.nextLine())
  killed.child.kill('SIGKILL')
  await once(killed.child, 'exit')

  const said: string[] = []
  const next = await startEmbedded({ dir, log: (message) => said.push(message) })
  const rows = await query(next.url, `select count(*)::int from acknowledged where id <= ${last}`)
  await next.stop()

  expect(rows).toEqual([{ count: last }])
  expect(next).toMatchObject({ owner: true, url: killed.server.url })
  expect(said).toEqual(['Taking over a database server whose starter is gone.'])
  await expectStopped(next.url)
})

test('kill -9 of the server itself loses no acknowledged row', async () => {
  const dir = await emptyDirectory()
  const first = await startEmbedded({ dir, ...QUICKLY })
  await query(first.url, 'create table kept (id int); insert into kept values (7)')
  process.kill(await postmasterId(dir), 'SIGKILL')

  const second = await startEmbedded({ dir })
  const rows = await query(second.url, 'select id from kept')
  await first.stop()
  await second.stop()

  expect(rows).toEqual([{ id: 7 }])
  await expectStopped(second.url)
})

test('Ctrl-C in the terminal does not reach the server', async () => {
  const starter = await startElsewhere(await emptyDirectory())
  process.kill(-starter.child.pid!, 'SIGINT')
  await sleep(200)

  expect(await query(starter.server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await starter.leave()
  await expectStopped(starter.server.url)
})

test('a directory that a killed first start left half-made is swept, and made anew', async () => {
  const dir = await emptyDirectory()
  const killed = beginStarter(dir)
  while (!(await unfinishedIn(dir))) await sleep(5)
  process.kill(-killed.pid!, 'SIGKILL')
  await once(killed, 'exit')

  const server = await startEmbedded({ dir, ...QUICKLY })
  const rows = await query(server.url, 'select 1 as one')
  await server.stop()

  expect(rows).toEqual([{ one: 1 }])
  expect((await readdir(dir)).sort()).toEqual([
    'cluster',
    'in-use.lock',
    'password',
    'starting.lock',
  ])
})

test('a postmaster.pid that names a stranger does not keep the server from starting', async () => {
  const dir = await emptyDirectory()
  await (await startEmbedded({ dir, ...QUICKLY })).stop()
  const { uid, gid } = await stat(join(dir, 'cluster'))
  const stranger = spawn('sleep', ['60'], { uid, gid })
  const file = join(dir, 'cluster', 'postmaster.pid')
  const port = await unusedPort()
  await writeFile(file, `${stranger.pid}\n${dir}/cluster\n1\n${port}\n\n127.0.0.1\n1 1\nready\n`)

  const server = await startEmbedded({ dir })
  const rows = await query(server.url, 'select 1 as one')
  await server.stop()
  stranger.kill()

  expect(rows).toEqual([{ one: 1 }])
})

test('a port that somebody takes in between is left to them', async () => {
  const home = await openHome(await emptyDirectory(), () => {})
  const binaries = await prepareBinaries(home, () => {})
  const password = await ensureCluster(home, binaries, ['-N'], () => {})
  const taker = createServer().listen(0, '127.0.0.1')
  await once(taker, 'listening')
  const { port: taken } = taker.address() as { port: number }
  const ports = [taken, await unusedPort()]

  const url = await startServer(home, binaries, password, [], async () => ports.shift()!)
  const rows = await query(url, 'select 1 as one')
  await stopServer(home, binaries)
  taker.close()

  expect(rows).toEqual([{ one: 1 }])
  expect(url).not.toContain(`:${taken}/`)
})

test('data of another major version are refused in words', async () => {
  const dir = await emptyDirectory()
  await (await startEmbedded({ dir, ...QUICKLY })).stop()
  await writeFile(join(dir, 'cluster', 'PG_VERSION'), '17\n')

  const refused = startEmbedded({ dir })

  await expect(refused).rejects.toThrow('are of PostgreSQL 17, this version brings PostgreSQL 18')
})

async function emptyDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'passalong-embedded-'))
  directories.push(dir)
  return dir
}

async function unfinishedIn(dir: string): Promise<boolean> {
  const names = await readdir(dir)
  const unfinished = names.find((name) => name.startsWith('cluster.unfinished-'))
  return unfinished !== undefined && existsSync(join(dir, unfinished, 'PG_VERSION'))
}

async function postmasterId(dir: string): Promise<number> {
  return Number((await readFile(join(dir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

async function expectStopped(url: string): Promise<void> {
  await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
}
