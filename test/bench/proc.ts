import { readdir, readFile } from 'node:fs/promises'

/** Linux counts time of processes in hundredths of a second. */
const TICKS_PER_SECOND = 100

/** Seconds of processor that a process has used; null where there is no /proc. */
export async function cpuOf(pid: number): Promise<number | null> {
  const stat = await statOf(pid)
  return stat && (stat.own + stat.ended) / TICKS_PER_SECOND
}

/** The same of PostgreSQL: its first process, those it waits for and those that have ended. */
export async function cpuOfPostgres(postmaster: number | null): Promise<number | null> {
  const first = postmaster === null ? null : await statOf(postmaster)
  if (!first) return null
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const all = await Promise.all(pids.map(statOf))
  const children = all.filter((stat) => stat?.parent === postmaster)
  const ticks = children.reduce((sum, stat) => sum + (stat?.own ?? 0), first.own + first.ended)
  return ticks / TICKS_PER_SECOND
}

/** Bytes of a process in memory; null where there is no /proc. */
export async function residentBytesOf(pid: number): Promise<number | null> {
  return bytesOf(pid, 'VmRSS')
}

/** The most that it ever was. */
export async function peakBytesOf(pid: number): Promise<number | null> {
  return bytesOf(pid, 'VmHWM')
}

async function bytesOf(pid: number, field: string): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) * 1024
}

type Stat = { parent: number; own: number; ended: number }

async function statOf(pid: number): Promise<Stat | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (line === null) return null
  // the name in brackets may hold spaces; what follows is counted from the state, field 3
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3])
  return { parent: field(4), own: field(14) + field(15), ended: field(16) + field(17) }
}
