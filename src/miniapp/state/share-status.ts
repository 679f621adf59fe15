import type { Share } from '../api/answers.ts'

/** A share's status as of now: it ends at its time, not when the server gets to write that down. */
export function shareStatusOf({ status, expiresAt }: Share, now: number): Share['status'] {
  const isRunning = status === 'draft' || status === 'open'
  return isRunning && Date.parse(expiresAt) <= now ? 'expired' : status
}
