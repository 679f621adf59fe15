import { parseSync, Visitor } from 'vite'
import { placeOf, type Source } from './source.ts'

const OUTSIDE = [
  'crypto',
  'process',
  'performance',
  'fetch',
  'console',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
]
const CLOCK_AND_CHANCE = ['Date.now', 'Math.random', 'Temporal.Now']

/** Where a file waits, looks at the clock, draws, or reaches outside. */
export function impurities(source: Source): string[] {
  const places = new Set<string>()
  const note = (node: { start: number }) => void places.add(placeOf(source, node.start))
  new Visitor({
    AwaitExpression: note,
    ForOfStatement: (node) => node.await && note(node),
    Identifier: (node) => OUTSIDE.includes(node.name) && note(node),
    MemberExpression: (node) =>
      CLOCK_AND_CHANCE.includes(source.text.slice(node.start, node.end)) && note(node),
    NewExpression: (node) =>
      source.text.slice(node.callee.start, node.callee.end) === 'Date' &&
      node.arguments.length === 0 &&
      note(node),
  }).visit(parseSync(source.path, source.text).program)
  return [...places]
}

/** Where a module declares what can be set anew. */
export function keptState(source: Source): string[] {
  return parseSync(source.path, source.text)
    .program.body.map((node) =>
      node.type === 'ExportNamedDeclaration' && node.declaration ? node.declaration : node,
    )
    .filter((node) => node.type === 'VariableDeclaration' && node.kind !== 'const')
    .map((node) => placeOf(source, node.start))
}
