import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'

import { run } from '../../src/cli/run.ts'
import { settingsAsEnvFile, settingsAsTable } from '../../src/settings-table.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const README = read('README.md')

test('README lists every setting (npx passalong settings --table)', () => {
  expect(README).toContain(settingsAsTable())
})

test('.env.example lists every setting (npx passalong settings > .env.example)', () => {
  expect(read('.env.example')).toBe(settingsAsEnvFile())
})

test('what is set in .env.example is commented out, so that a copy of it changes nothing', () => {
  expect(settingsAsEnvFile().match(/^[^#\n].*/m)).toBeNull()
})

test('a setting is told with its default and its range', () => {
  expect(settingsAsTable()).toContain('| `PORT` | `3000` | Port to listen on (0 to 65535) |\n')
  expect(settingsAsEnvFile()).toContain('\n# Port to listen on (0 to 65535)\n#PORT=3000\n')
})

test.each(linksIn('README.md'))('README leads to %s, which is there', (path) => {
  expect(existsSync(join(ROOT, path))).toBe(true)
})

test('every npm command that README names is there', () => {
  const { scripts } = JSON.parse(read('package.json'))
  const named = [...README.matchAll(/npm (?:run )?([a-z]+)/g)].map(([, name]) => name ?? '')

  expect(named).toContain('start')
  expect(named.filter((name) => name !== 'ci' && !scripts[name])).toEqual([])
})

test.each(commandsIn(README))('README does not promise too much: passalong %s', async (command) => {
  const { words, options } = partsOf(command)
  const help = await helpFor(words)

  expect(help).toContain(`Usage: passalong ${words.join(' ')}`)
  expect(options.filter((option) => !help.includes(`${option} `))).toEqual([])
})

function linksIn(path: string): string[] {
  return [...read(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to]) => to ?? '')
}

/** What stands after `passalong` in commands, up to the end of the line, of the code or of a `$(…)`. */
function commandsIn(text: string): string[] {
  const found = text.matchAll(/(?:npx|app|passalong) passalong ([^\n`)]+)/g)
  return [...new Set([...found].map(([, command]) => command ?? ''))]
}

function partsOf(command: string): { words: string[]; options: string[] } {
  const words =
    /^(?:(?:merchants|stores|orders|codes|people) [a-z]+|(?!-)[a-z]+|)/.exec(command)?.[0] ?? ''
  const options = command.match(/--[a-z]+/g) ?? []
  return { words: words.split(' ').filter(Boolean), options }
}

async function helpFor(words: string[]): Promise<string> {
  let help = ''
  const out = new Writable({
    write: (chunk, _encoding, done) => {
      help += chunk
      done()
    },
  })
  const interrupted = new AbortController().signal
  await run({ environment: {}, out, err: out, interrupted }, [...words, '--help'])
  return help
}
