import { readFile } from 'node:fs/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { createPictures } from '../../pictures/draw-picture.ts'
import { showReceipt } from '../../usecases/show-receipt.ts'
import { showShare } from '../../usecases/show-share.ts'
import { Token } from '../fields.ts'
import { html } from '../pages/html.ts'
import { drawPage } from '../pages/page.ts'
import { drawShareCard } from '../pages/share-card.ts'
import { drawSharePage } from '../pages/share-page.ts'
import { wordsFor } from '../pages/words.ts'
import type { Server } from '../server.ts'

const params = Type.Object({ token: Token })

/** Pages for the open web: a shared link, a receipt's link. They tell nothing that the token does not grant. */
export function pageRoutes(server: Server, app: AppContext): void {
  const draw = createPictures()

  server.get('/page.css', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type('text/css')
      .header('cache-control', 'max-age=3600')
      .send(await readFile(new URL('../pages/page.css', import.meta.url))),
  )
  server.get(
    '/s/:token',
    { schema: { hide: true, params }, attachValidation: true },
    async (request, reply) =>
      orSorry(request, reply, async () => {
        const shown = await showShare(app, { token: tokenOf(request) })
        return (
          shown &&
          drawSharePage(wordsFor(request.headers['accept-language']), shown.share, shown.links)
        )
      }),
  )
  server.get('/s/:token/card.png', { schema: { hide: true, params } }, async (request, reply) => {
    const shown = await showShare(app, { token: request.params.token })
    if (!shown) throw new AppError('ERR_SHARE_NOT_FOUND', 'There is no such share.')
    const words = wordsFor(request.headers['accept-language'])
    const picture = await drawShareCard(draw, words, shown.share)
    return reply.type('image/png').header('cache-control', 'public, max-age=300').send(picture)
  })
  server.get(
    '/r/:token',
    { schema: { hide: true, params }, attachValidation: true },
    async (request, reply) =>
      orSorry(request, reply, async () => {
        const receipt = await showReceipt(app, tokenOf(request))
        const words = wordsFor(request.headers['accept-language'])
        return (
          receipt &&
          drawPage(words, {
            title: words.receiptTitle(receipt.merchantName),
            description: words.receiptHint,
            body: html`
<p class="from">${receipt.storeName}</p>
<h1>${words.receiptTitle(receipt.merchantName)}</h1>
<p class="text">${words.receiptHint}</p>
<a class="button" href="${receipt.chat}">${words.openOrder}</a>`,
          })
        )
      }),
  )
}

function tokenOf(request: FastifyRequest): string {
  if (request.validationError) throw new AppError('ERR_TOKEN_INVALID', 'This link is not valid.')
  return (request.params as { token: string }).token
}

/** A page where there is one; where the link is wrong or over, a page that says so. */
async function orSorry(
  request: FastifyRequest,
  reply: FastifyReply,
  draw: () => Promise<string | undefined>,
): Promise<FastifyReply> {
  const words = wordsFor(request.headers['accept-language'])
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-store')
  try {
    const page = await draw()
    if (page) return reply.send(page)
    reply.code(404)
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    reply.code(error.status)
  }
  const body = html`<h1>${words.wrongTitle}</h1><p class="text">${words.wrongHint}</p>`
  return reply.send(
    drawPage(words, { title: words.wrongTitle, description: words.wrongHint, body }),
  )
}
