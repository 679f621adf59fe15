/** How much is unread; nothing when nothing is. */
export function Badge({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span class="badge">
      {count}
      <span class="heard-only"> unread</span>
    </span>
  )
}
