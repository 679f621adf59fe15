type BarProps = {
  label: string
  /** What is used, and what is used together with what is kept for something. */
  used: number
  kept?: number
  most: number
  text: string
}

/** How much of something is used: said in words, and drawn. */
export function Bar({ label, used, kept = 0, most, text }: BarProps) {
  const share = (part: number) => Math.min(100, most > 0 ? (part / most) * 100 : 0)
  return (
    <div class="bar">
      <p class="bar__text">
        <span class="bar__label">{label}</span>
        <strong>{text}</strong>
      </p>
      <svg class="bar__line" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar__all" width="100" height="8" />
        {kept > 0 && <rect class="bar__kept" width={share(used + kept)} height="8" />}
        <rect class="bar__used" width={share(used)} height="8" />
      </svg>
    </div>
  )
}
