import { expect, test } from 'vitest'
import { type Source, sourcesIn } from './helpers/source.ts'

/** The claims of the patent that are rules of the program. */
const RULES: Record<number, string> = {
  1: 'sharing an offer shows a link, and opening it puts a matching voucher into the account',
  2: 'an offer is shown with an order when one matches, and nothing otherwise',
  3: 'a model scores what is known of this user against several offers',
  4: 'data are held here, or fetched on an instruction',
  5: 'the query is order, store and PIN, plain or encrypted',
  6: 'link information is taken from here or fetched from the server',
  7: 'orders, behaviour, profile, shares and user information determine the voucher',
  8: 'drawn at random for the user, or matched with type information',
  9: 'strangers get the preset voucher, as does whoever finds nothing else left',
  10: 'whoever has a voucher already is shown it and told so',
  11: "a merchant's instruction creates vouchers: store address, store id, number",
  12: 'usage changes the matching',
}

test.each(Object.entries(RULES))('rule %s of the patent has code: %s', async (number) => {
  expect(taggedIn(await sourcesIn('src'))).toContain(Number(number))
})

test.each(Object.entries(RULES))('rule %s of the patent has a test: %s', async (number) => {
  const tests = (await sourcesIn('test', /\.test\.tsx?$/)).filter(
    ({ path }) => path !== 'patent.test.ts',
  )

  expect(shownIn(tests)).toContain(Number(number))
})

test.each([
  ['/** Chooses. @patent 8 */', [8]],
  ['/**\n * Chooses.\n *\n * @patent 7 8 10\n */', [7, 8, 10]],
  ['const text = "patent 8"', []],
  ['// see patent 8', []],
])('the tag in %j is read as %j', (text, numbers) => {
  expect(taggedIn([{ path: 'a.ts', text }])).toEqual(numbers)
})

test.each([
  [`test('patent 9: a stranger gets the preset voucher', () => {})`, [9]],
  ['test.each(people)(`patent 7 8: %s gets what fits`, () => {})', [7, 8]],
  [`test(\n  "patent 10: it's the same voucher",\n  () => {})`, [10]],
  [`test('a stranger gets the preset voucher, patent 9: see there', () => {})`, []],
  [`// test('patent 9: later')`, []],
  [`test.todo('patent 9: later')`, []],
  [`test.skip('patent 9: later', () => {})`, []],
])('what %j shows is read as %j', (text, numbers) => {
  expect(shownIn([{ path: 'a.test.ts', text }])).toEqual(numbers)
})

/** The numbers that docstrings are tagged with. */
function taggedIn(sources: readonly Source[]): number[] {
  return numbersIn(sources, /@patent((?: \d+)+)/g)
}

/** The numbers that names of tests begin with; a test that does not run shows nothing. */
function shownIn(tests: readonly Source[]): number[] {
  const running = tests.map(({ path, text }) => ({ path, text: text.replace(/^\s*\/\/.*$/gm, '') }))
  return numbersIn(running, /(?<!\.(?:todo|skip))\(\s*['"`]patent((?: \d+)+): /g)
}

function numbersIn(sources: readonly Source[], pattern: RegExp): number[] {
  return sources.flatMap(({ text }) =>
    [...text.matchAll(pattern)].flatMap((match) => (match[1] ?? '').trim().split(' ').map(Number)),
  )
}
