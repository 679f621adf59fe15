import { useDesk } from '../state/desk-context.ts'
import { initialsOf } from './initials.ts'
import { Logo } from './logo.tsx'

/** A round picture: the bot's is the logo, others' their initials in the colour of their id. */
export function Avatar({ id, name, size }: { id: number; name: string; size: 'xs' | 's' | 'm' }) {
  const look = `avatar avatar-${size}`
  if (id === useDesk().world.value?.bot.id) {
    return (
      <span class={look}>
        <Logo />
      </span>
    )
  }
  return (
    <span class={`${look} tint-${tintOf(id)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

export function tintOf(id: number): number {
  return Math.abs(id) % 7
}
