import type { ComponentChildren } from 'preact'

import { Icon, type IconName } from './icon.tsx'

type NoticeProps = {
  icon: IconName
  title: string
  text: string
  /** Whose it is, in small letters above. */
  about?: string
  mood?: 'joy' | 'calm' | 'sorry'
  /** The first heading of the screen, or one of a part of it. */
  isHead?: boolean
  children?: ComponentChildren
}

/** A picture, a sentence, what it means, and what to do next. */
export function Notice({
  icon,
  title,
  text,
  about,
  mood = 'calm',
  isHead = false,
  children,
}: NoticeProps) {
  return (
    <div class={`notice notice--${mood} ${isHead ? 'notice--head' : ''}`}>
      <span class="notice__picture">
        <Icon name={icon} />
      </span>
      {about && <p class="notice__about">{about}</p>}
      {isHead ? <h1>{title}</h1> : <h2>{title}</h2>}
      <p>{text}</p>
      {children && <div class="notice__actions">{children}</div>}
    </div>
  )
}
