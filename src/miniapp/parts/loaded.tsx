import type { ComponentChildren } from 'preact'

import type { Loading } from '../state/loading.ts'
import { Skeleton } from './skeleton.tsx'
import { Trouble } from './trouble.tsx'

type LoadedProps<T> = {
  from: Loading<T>
  shape: 'list' | 'ticket'
  children: (value: T) => ComponentChildren
}

/** What is there; a shimmering shape while it comes, and what went wrong when it does not. */
export function Loaded<T>({ from, shape, children }: LoadedProps<T>) {
  const value = from.value.value
  const problem = from.problem.value
  if (value !== undefined) return <>{children(value)}</>
  if (!problem) return <Skeleton shape={shape} />
  return (
    <Trouble problem={problem} isBusy={from.isBusy.value} onRetry={() => void from.refresh()} />
  )
}
