import { initialsOf } from './initials.ts'

/** A round picture of initials, in the colour that goes with the id. */
export function Avatar({ id, name, size }: { id: number; name: string; size: 'xs' | 's' | 'm' }) {
  return (
    <span class={`avatar avatar-${size} tint-${tintOf(id)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

export function tintOf(id: number): number {
  return Math.abs(id) % 7
}
