/**
 * A small choice that this device remembers, such as the shop somebody works at. Where the page may
 * keep nothing, the choice lasts until it is closed.
 */
export function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined
  } catch {
    return undefined
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // kept in memory only by whoever asked
  }
}

/** Forgets every choice: whoever was here wants to be forgotten. */
export function forgetAll(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX)) localStorage.removeItem(name)
    }
  } catch {
    // nothing is kept here
  }
}

const PREFIX = 'passalong.'
