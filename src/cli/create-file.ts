import { type FileHandle, open } from 'node:fs/promises'

import { CommandFailed, reasonOf } from './faults.ts'

/** Makes a file that only its owner may read. One that is there already is left alone. */
export async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600)
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST'
    const reason = isThere ? 'it is there already, and stays as it is.' : reasonOf(cause)
    throw new CommandFailed(`${path} cannot be written: ${reason}`, { cause })
  }
}
