import type { Share } from '../api/answers.ts'
import { useApp, useWords } from '../state/use-app.ts'

/**
 * Sends a share to a chat of the person's choice: as the bot's own card where this Telegram and the
 * server can do that, as a plain link everywhere else.
 */
export function useSend(): (share: Share) => Promise<void> {
  const { api, telegram, say } = useApp()
  const { texts } = useWords()

  async function prepared(share: Share): Promise<string | undefined> {
    if (!telegram.sendPrepared) return undefined
    return api.prepareMessage(share).catch(() => undefined)
  }

  return async (share) => {
    const messageId = await prepared(share)
    if (!messageId || !telegram.sendPrepared) {
      telegram.sendLink(share.links.app ?? share.links.chat, share.offer.title)
      return
    }
    const outcome = await telegram.sendPrepared(messageId)
    if (outcome === 'sent') telegram.feel('success')
    if (outcome !== 'declined') say(outcome === 'sent' ? texts.share.sent : texts.share.notSent)
  }
}
