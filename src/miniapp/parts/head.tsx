import { useEffect, useRef } from 'preact/hooks'

/** The title of a screen. It takes the focus when the screen opens, so that it is read out first. */
export function Head({ title, text }: { title: string; text?: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <header class="head">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {text && <p>{text}</p>}
    </header>
  )
}
