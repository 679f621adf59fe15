import { createContext } from 'preact'
import { useContext, useEffect, useRef } from 'preact/hooks'

import type { MainButton } from '../telegram/telegram.ts'
import type { Words } from '../words/words.ts'
import type { App } from './app.ts'
import type { Loading } from './loading.ts'

export const AppContext = createContext<App | undefined>(undefined)

export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('There is no app around this component.')
  return app
}

export function useWords(): Words {
  return useApp().words.value
}

/** Fetches when a screen opens; what was fetched before is shown meanwhile. */
export function useFresh<T>(loading: Loading<T>): Loading<T> {
  useEffect(() => {
    void loading.refresh()
  }, [loading])
  return loading
}

/** Somebody comes back from the till or from a chat: what they see may have changed meanwhile. */
export function useOnReturn(refresh: () => void): void {
  useEffect(() => {
    const onChange = () => document.visibilityState === 'visible' && refresh()
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [refresh])
}

/** Telegram's big button, for as long as the screen is there. */
export function useMainButton(button: MainButton | undefined): void {
  const { telegram } = useApp()
  const latest = useRef(button)
  latest.current = button
  const text = button?.text
  const isBusy = button?.isBusy ?? false
  const isOff = button?.isOff ?? false

  useEffect(() => {
    const shown = text && { text, isBusy, isOff, onPress: () => latest.current?.onPress() }
    telegram.setMainButton(shown || undefined)
  }, [telegram, text, isBusy, isOff])
  useEffect(() => () => telegram.setMainButton(undefined), [telegram])
}
