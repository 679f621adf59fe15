import { readFileSync } from 'node:fs'
import { FluentResource } from '@fluent/bundle'
import { expect, test } from 'vitest'

import { textsIn } from '../../../src/telegram/texts.ts'
import { sourcesIn } from '../../helpers/source.ts'

const SOURCES = { en: readTexts('en'), zh: readTexts('zh') }
const [en, zh] = [variablesIn('en'), variablesIn('zh')]

test('every text is there in English and in Chinese', () => {
  expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
})

test('a text tells the same in both languages: the same is put into it', () => {
  expect(Object.fromEntries(zh)).toEqual(Object.fromEntries(en))
})

test.each(['en', 'zh'] as const)('no text lacks what is put into it in %s', (language) => {
  const t = textsIn(language)
  for (const [id, names] of variablesIn(language)) {
    const args = Object.fromEntries(names.map((name) => [name, NUMBERS.has(name) ? 2 : 'x']))
    expect(t.html(id, args), id).not.toMatch(/\{|\?\?\?/)
  }
})

test('a text that lacks something is an error, not a gap', () => {
  expect(() => textsIn('en').html('order-title')).toThrow('Unknown variable: $order')
  expect(() => textsIn('en').html('no-such-text')).toThrow('no-such-text')
})

const NUMBERS = new Set(['count', 'left', 'slots', 'quantity', 'issued', 'most', 'from'])

test('every text that the program names is there, and every one that is there is named', async () => {
  const source = (await sourcesIn('src/telegram')).map(({ text }) => text).join('\n')
  const named = new Set([...source.matchAll(/'([a-z]+(?:-[a-z_]+)*)'/g)].map(([, id]) => id ?? ''))
  const made = [...source.matchAll(/`([a-z-]+-)\$\{/g)].map(([, start]) => start ?? '')

  const asked = [...source.matchAll(/\bt\.(?:html|plain)\(\s*'([^']+)'/g)].map(([, id]) => id ?? '')
  expect(asked.filter((id) => !en.has(id))).toEqual([])
  const idle = [...en.keys()].filter(
    (id) => !named.has(id) && !made.some((start) => id.startsWith(start)),
  )
  expect(idle).toEqual([])
})

test('amounts, percentages and days are written as the person’s language writes them', () => {
  const at = new Date('2026-12-01T23:30:00Z')
  const told = (['en', 'zh'] as const).map((language) => {
    const t = textsIn(language)
    return [
      t.money(123450, 'USD'),
      t.percent(1250),
      t.day(at, 'Asia/Shanghai'),
      t.moment(at, 'Europe/London'),
    ]
  })

  expect(told).toEqual([
    ['US$1,234.50', '12.5%', '2 Dec 2026', '1 Dec 2026 23:30 GMT'],
    ['US$1,234.50', '12.5%', '2026年12月2日', '2026年12月1日 23:30 GMT'],
  ])
})

test('what is put into a message is escaped, what is put into a button is not', () => {
  const t = textsIn('en')

  expect(t.html('history-campaign-created', { name: '<b>A & B</b>' })).toBe(
    '📣 &lt;b&gt;A &amp; B&lt;/\u2060b&gt; was made',
  )
  expect(t.plain('history-campaign-created', { name: '<b>A & B</b>' })).toBe(
    '📣 <b>A & B</b> was made',
  )
})

function readTexts(language: string): string {
  const file = new URL(`../../../src/telegram/texts/${language}.ftl`, import.meta.url)
  return readFileSync(file, 'utf8')
}

/** The texts of a language by id, each with the names of what is put into it. */
function variablesIn(language: 'en' | 'zh'): Map<string, string[]> {
  const entries = new FluentResource(SOURCES[language]).body
  return new Map(
    entries.map((entry) => {
      const names = [...JSON.stringify(entry).matchAll(/"type":"var","name":"(\w+)"/g)]
      return [entry.id, [...new Set(names.map(([, name]) => name ?? ''))].sort()]
    }),
  )
}
