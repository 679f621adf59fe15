import { type Html, html } from './html.ts'
import type { Words } from './words.ts'

export type PageContent = {
  title: string
  description: string
  /** Absolute address of the preview picture, for chats and search engines that show one. */
  picture?: string
  body: Html
}

/** A whole page for the open web: no script, nothing from elsewhere, not to be indexed. */
export function drawPage(words: Words, { title, description, picture, body }: PageContent): string {
  const preview = picture
    ? html`<meta property="og:image" content="${picture}">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta name="twitter:card" content="summary_large_image">`
    : html``
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
${preview}
<link rel="stylesheet" href="/page.css">
</head>
<body>
<main class="card">${body}</main>
</body>
</html>`.html
}
