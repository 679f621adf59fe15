import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'

const ROOT = new URL('../../../', import.meta.url)
const RESULTS = new URL('../results/', import.meta.url)

/** The code as it was when the bench began; others may go on with it meanwhile. */
const CODE = {
  commit: git('rev-parse', '--short', 'HEAD'),
  changed: git('status', '--porcelain', '--', 'src', 'migrations') !== '',
}

/** Where and with what something was measured. */
export function circumstances(database: string) {
  return {
    measuredAt: new Date().toISOString(),
    ...CODE,
    machine: {
      processor: cpus()[0]?.model ?? '',
      processors: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      platform: `${process.platform} ${process.arch}`,
    },
    versions: { node: process.version, postgres: database },
  }
}

/** Writes a result, or a picture of it, under this name; what was there is replaced. */
export async function save(name: string, content: object | string): Promise<void> {
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`
  const file = new URL(name, RESULTS)
  await mkdir(new URL('.', file), { recursive: true })
  await writeFile(file, text)
}

/** Nothing where the program did not come as a repository. */
function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return ''
  }
}
