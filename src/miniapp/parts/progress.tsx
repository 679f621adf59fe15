type ProgressProps = { taken: number; slots: number; label: string; isOver: boolean }

/** How many of a share's places are taken. */
export function Progress({ taken, slots, label, isOver }: ProgressProps) {
  return (
    <progress
      class={`progress ${isOver ? 'progress--over' : ''}`}
      max={slots}
      value={Math.min(taken, slots)}
      aria-label={label}
    >
      {label}
    </progress>
  )
}
