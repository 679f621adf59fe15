import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Calls back on Escape and on a press outside the element, while it is shown. */
export function useDismiss(
  element: RefObject<HTMLElement | null>,
  isShown: boolean,
  dismiss: () => void,
): void {
  useEffect(() => {
    if (!isShown) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') dismiss()
    }
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) dismiss()
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onPress)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onPress)
    }
  })
}
