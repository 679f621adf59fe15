import { note, type Phone } from '../state/phones.ts'

/** Does something in the simulation; what it refuses is shown on the phone. */
export async function attempt<T>(phone: Phone, doing: Promise<T>): Promise<T | undefined> {
  try {
    return await doing
  } catch (error) {
    note(phone, error instanceof Error ? error.message : 'That did not work.')
    return undefined
  }
}
