import type { ComponentChildren } from 'preact'

type FoldProps = {
  title: string
  /** What stands in it while it is folded. */
  summary?: string
  /** Something in it is wrong: it is opened so that it is seen. */
  isOpen?: boolean
  children: ComponentChildren
}

/** A part of a form that most people leave as it is. */
export function Fold({ title, summary, isOpen = false, children }: FoldProps) {
  return (
    <details class="card fold" open={isOpen}>
      <summary>
        <span class="fold__title">{title}</span>
        {summary && <span class="fold__summary">{summary}</span>}
      </summary>
      <div class="form fold__body">{children}</div>
    </details>
  )
}
