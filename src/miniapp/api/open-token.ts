import type { Claimed, QueriedOrder } from './answers.ts'
import type { Api } from './api.ts'
import { asProblem } from './problem.ts'

/** What a link's token turned out to be. */
export type Opened = ({ kind: 'claim' } & Claimed) | ({ kind: 'order' } & QueriedOrder)

/**
 * Opens whatever brought somebody here: a share is claimed, a receipt is shown. Both kinds of token
 * look alike from outside, so a receipt is what the server does not take for a share.
 */
export async function openToken(api: Api, token: string): Promise<Opened> {
  try {
    return { kind: 'claim', ...(await api.claim(token)) }
  } catch (thrown) {
    if (asProblem(thrown).code !== 'ERR_TOKEN_INVALID') throw thrown
  }
  return { kind: 'order', ...(await api.queryOrder({ token })) }
}
