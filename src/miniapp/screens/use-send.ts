import type { Share } from '../api/answers.ts'
import { useApp, useWords } from '../state/use-app.ts'

/**
 * Sends a share to a chat of the person's choice: as the bot's own card, prepared by the server or
 * through the bot's inline mode, and as a plain link where Telegram is too old for either.
 *
 * @returns a function that takes the share and what inline mode is asked for: an order's reference and
 * an offer's id for one share, nothing for all that are open
 */
export function useSend(): (share: Share, query: string) => Promise<void> {
  const { api, telegram, say } = useApp()
  const { texts } = useWords()

  async function sendPrepared(messageId: string): Promise<void> {
    const outcome = await telegram.sendPrepared?.(messageId)
    if (outcome === 'sent') telegram.feel('success')
    if (outcome !== 'declined') say(outcome === 'sent' ? texts.share.sent : texts.share.notSent)
  }

  return async (share, query) => {
    const prepared = telegram.sendPrepared && api.prepareMessage(share)
    const messageId = await prepared?.catch(() => undefined)
    if (messageId) await sendPrepared(messageId)
    else if (telegram.sendInline) telegram.sendInline(query)
    else telegram.sendLink(share.links.chat, share.offer.title)
  }
}
