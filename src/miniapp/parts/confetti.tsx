const PIECES = 22

/** A handful of paper falls, once. Nothing for whoever wants no motion. */
export function Confetti() {
  const pieces = Array.from({ length: PIECES }, (_, piece) => piece)
  return (
    <div class="confetti" aria-hidden="true">
      {pieces.map((piece) => (
        <i key={piece} style={{ '--x': (piece * 37) % 100, '--late': (piece * 5) % 9 }} />
      ))}
    </div>
  )
}
