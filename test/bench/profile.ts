import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

type Profile = {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  samples: number[]
  timeDeltas: number[]
}

/** Where a server spent its time: a function, and its share of all time that was not idle. */
export type Spent = { where: string; share: number }

/** Sums up the profiles that `node --cpu-prof` wrote to a directory, by function or by package. */
export async function profilesIn(
  directory: string,
  by: 'function' | 'home' = 'function',
): Promise<Spent[]> {
  const spent = new Map<string, number>()
  for (const name of await readdir(directory)) {
    if (!name.endsWith('.cpuprofile')) continue
    addTo(spent, JSON.parse(await readFile(join(directory, name), 'utf8')) as Profile, by)
  }
  spent.delete('(idle)')
  const all = [...spent.values()].reduce((sum, time) => sum + time, 0)
  return [...spent]
    .map(([where, time]) => ({ where, share: time / all }))
    .sort((a, b) => b.share - a.share)
}

function addTo(spent: Map<string, number>, profile: Profile, by: 'function' | 'home'): void {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  for (const [i, id] of profile.samples.entries()) {
    const frame = frames.get(id)
    if (!frame) continue
    const home = homeOf(frame.url)
    const name = frame.functionName || '(anonymous)'
    const where =
      name === '(idle)' || by === 'function' ? named(name, home, frame.lineNumber) : home || name
    spent.set(where, (spent.get(where) ?? 0) + (profile.timeDeltas[i] ?? 0))
  }
}

function named(name: string, home: string, line: number): string {
  return home === '' ? name : `${name} ${home}:${line + 1}`
}

/** `src/together.ts`, `fastify`, `node:net`; nothing for what V8 itself does. */
function homeOf(url: string): string {
  const inside = url.split('/node_modules/').at(-1) ?? ''
  if (url.includes('/node_modules/'))
    return inside
      .split('/')
      .slice(0, inside.startsWith('@') ? 2 : 1)
      .join('/')
  return url.startsWith('file:') ? (/\/((?:src|test)\/.*)$/.exec(url)?.[1] ?? url) : url
}
