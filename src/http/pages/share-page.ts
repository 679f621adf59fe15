import type { ShareLinks, ShareView } from '../../domain/views.ts'
import { html } from './html.ts'
import { drawPage } from './page.ts'
import type { Words } from './words.ts'

/** The page of a shared link: what there is to get, how much is left, and one button. @patent 6 */
export function drawSharePage(words: Words, share: ShareView, links: ShareLinks): string {
  const { offer, merchantName } = share
  const target = links.app ?? links.chat
  const isOver = share.status !== 'draft' && share.status !== 'open'
  const facts = `${words.left(share.slots - share.taken, share.slots)} · ${words.until(share.expiresAt)}`
  return drawPage(words, {
    title: offer.title,
    description: isOver ? words.over : `${words.worth(offer)} · ${facts}`,
    picture: `${links.page}/card.png`,
    body: html`
<p class="from">${words.sharedBy(merchantName)}</p>
<h1>${offer.title}</h1>
${offer.body ? html`<p class="text">${offer.body}</p>` : html``}
${isOver ? html`<p class="worth">${words.over}</p><p class="facts">${words.overHint}</p>` : html`<p class="worth">${words.worth(offer)}</p><p class="facts">${facts}</p>`}
<a class="button" href="${target}">${words.open}</a>`,
  })
}
