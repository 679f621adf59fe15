import { Notice } from '../parts/notice.tsx'
import type { Words } from '../words/words.ts'

/** What somebody sees who opened the page without Telegram around it. */
export function Outside({ words }: { words: Words }) {
  const { title, text } = words.texts.outside
  document.documentElement.lang = words.locale
  return (
    <main class="page page--middle">
      <Notice icon="ticket" title={title} text={text} isHead />
    </main>
  )
}
