import { useLayoutEffect, useRef } from 'preact/hooks'

import type { Place } from '../state/router.ts'

/** Every screen opens at its top, and one that is come back to where it was left. */
export function useKeptScroll(place: Place): void {
  const kept = useRef(new WeakMap<Place, number>())
  useLayoutEffect(() => {
    window.scrollTo(0, kept.current.get(place) ?? 0)
    const keep = () => kept.current.set(place, window.scrollY)
    window.addEventListener('scroll', keep, { passive: true })
    return () => window.removeEventListener('scroll', keep)
  }, [place])
}
