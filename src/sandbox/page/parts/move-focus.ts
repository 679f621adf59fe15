/** Arrow keys walk through the buttons of a list, Home and End go to its ends. */
export function moveFocus(event: KeyboardEvent): void {
  const list = event.currentTarget
  if (!(list instanceof HTMLElement)) return
  const buttons = [...list.querySelectorAll<HTMLElement>('button:not(:disabled), a[href]')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  const to = targetOf(event.key, at, buttons.length)
  if (to === undefined) return
  event.preventDefault()
  buttons[to]?.focus()
}

function targetOf(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowDown' || key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowUp' || key === 'ArrowLeft') return (at - 1 + count) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : undefined
}
