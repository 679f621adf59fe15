import type { Share } from '../api/answers.ts'
import { useApp } from '../state/use-app.ts'

/**
 * Sends a share to a chat of the person's choice: as the bot's own card through its inline mode, and
 * as a plain link where Telegram is too old for that.
 */
export function useSend(): (share: Share) => void {
  const { telegram } = useApp()
  return ({ reference, links, offer }) => {
    if (telegram.sendInline) telegram.sendInline(reference)
    else telegram.sendLink(links.chat, offer.title)
  }
}
