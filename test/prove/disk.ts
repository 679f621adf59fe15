import { execFile } from 'node:child_process'
import { chown, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A disk so small that it can be filled. */
export type SmallDisk = AsyncDisposable & {
  dir: string
  /** Leaves no room on it. */
  fill(): Promise<void>
  clear(): Promise<void>
}

const run = promisify(execFile)
const SIZE_MB = 160

/** A piece of memory as a disk; nothing where this process may not mount one. */
export async function mountSmallDisk(owner: {
  uid: number
  gid: number
}): Promise<SmallDisk | undefined> {
  const dir = await mkdtemp(join(tmpdir(), 'passalong-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=755`, 'tmpfs', dir])
  } catch {
    await rm(dir, { recursive: true })
    return undefined
  }
  await chown(dir, owner.uid, owner.gid)
  const ballast = join(dir, 'ballast')
  return {
    dir,
    fill: () => writeAll(ballast),
    clear: () => rm(ballast, { force: true }),
    [Symbol.asyncDispose]: async () => {
      await run('umount', ['-l', dir])
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function writeAll(path: string): Promise<void> {
  await using file = await open(path, 'a')
  for (const size of [1024 * 1024, 4096]) {
    const block = Buffer.alloc(size)
    try {
      for (;;) if ((await file.write(block)).bytesWritten < size) break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
}
