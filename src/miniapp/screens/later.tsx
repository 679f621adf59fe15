import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { Skeleton } from '../parts/skeleton.tsx'

/**
 * A screen whose code is fetched when it is first wanted: customers, who are many, do not wait for what
 * only staff see. When it does not come, the problem is shown where all problems are.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loading: Promise<ComponentType<Props>> | undefined
  return function Later(props: Props) {
    const [Screen, setScreen] = useState<ComponentType<Props>>()
    const [failure, setFailure] = useState<unknown>()
    useEffect(() => {
      loading ??= load()
      loading.then(
        (loaded) => setScreen(() => loaded),
        (thrown: unknown) => {
          loading = undefined // so that trying again fetches it again
          setFailure(thrown)
        },
      )
    }, [])
    if (failure !== undefined) throw failure
    return Screen ? <Screen {...props} /> : <Skeleton shape="list" isWhole />
  }
}
