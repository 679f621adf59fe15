import type { ComponentChildren } from 'preact'

import { Icon, type IconName } from './icon.tsx'

type ButtonProps = {
  children: ComponentChildren
  icon?: IconName
  look?: 'filled' | 'soft' | 'plain' | 'danger'
  isBusy?: boolean
  isOff?: boolean
  isSubmit?: boolean
  onPress?: () => void
}

/** A button over the whole width. Busy, it keeps its place and cannot be pressed twice. */
export function Button({
  children,
  icon,
  look = 'soft',
  isBusy,
  isOff,
  isSubmit,
  onPress,
}: ButtonProps) {
  return (
    <button
      type={isSubmit ? 'submit' : 'button'}
      class={`button button--${look}`}
      disabled={isBusy || isOff}
      aria-busy={isBusy ?? false}
      onClick={onPress}
    >
      {isBusy ? <span class="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  )
}
