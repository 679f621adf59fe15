import { useWords } from '../state/use-app.ts'

/** The outline of what is coming; of a whole screen, with its title. */
export function Skeleton({
  shape,
  isWhole = false,
}: {
  shape: 'list' | 'ticket'
  isWhole?: boolean
}) {
  const { texts } = useWords()
  return (
    <div class="skeleton" role="status" aria-label={texts.loading}>
      {isWhole && <span class="bone bone--title" />}
      {shape === 'ticket' && <span class="bone bone--ticket" />}
      {shape === 'list' && [1, 2, 3].map((row) => <span key={row} class="bone bone--row" />)}
    </div>
  )
}
