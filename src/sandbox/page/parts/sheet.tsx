import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export interface SheetProps {
  /** What it is, for those who hear the page. */
  label: string
  kind: 'bottom' | 'center'
  dismiss: () => void
  children: ComponentChildren
}

/** A panel over one phone. It takes the focus, Escape and a press beside it send it away. */
export function Sheet({ label, kind, dismiss, children }: SheetProps) {
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const inner = panel.current
    const first = inner?.querySelector<HTMLElement>('[autofocus], input, button')
    ;(first ?? inner)?.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    dismiss()
  }
  return (
    <div class={`sheet sheet-${kind}`}>
      <div class="sheet-shade" onClick={dismiss} aria-hidden="true" />
      <div
        class="sheet-panel"
        role="dialog"
        aria-label={label}
        tabIndex={-1}
        ref={panel}
        onKeyDown={onKeyDown}
      >
        {children}
      </div>
    </div>
  )
}
