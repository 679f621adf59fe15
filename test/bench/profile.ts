import type { Profiler } from 'node:inspector'

/** Where a server spent its time: a function or a package, and its share of all time that was not idle. */
export type Spent = { where: string; share: number }

/** Sums up a profile by function, with its place, or by what the functions belong to. */
export function sumUp(profile: Profiler.Profile, by: 'function' | 'home'): Spent[] {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const spent = new Map<string, number>()
  for (const [i, id] of (profile.samples ?? []).entries()) {
    const frame = frames.get(id)
    if (!frame || frame.functionName === '(idle)') continue
    const name = frame.functionName || '(anonymous)'
    const home = homeOf(frame.url)
    const place = home === '' ? name : `${name} ${home}:${frame.lineNumber + 1}`
    const where = by === 'function' ? place : home || name
    spent.set(where, (spent.get(where) ?? 0) + (profile.timeDeltas?.[i] ?? 0))
  }
  const all = [...spent.values()].reduce((sum, time) => sum + time, 0)
  return [...spent]
    .map(([where, time]) => ({ where, share: time / all }))
    .sort((a, b) => b.share - a.share)
}

/** `src/together.ts`, `fastify`, `node:net`; nothing for what V8 itself does. */
function homeOf(url: string): string {
  if (url.includes('/node_modules/')) {
    const inside = url.split('/node_modules/').at(-1) ?? ''
    return inside
      .split('/')
      .slice(0, inside.startsWith('@') ? 2 : 1)
      .join('/')
  }
  return url.startsWith('file:') ? (/\/((?:src|test)\/.*)$/.exec(url)?.[1] ?? url) : url
}
