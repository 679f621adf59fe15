import './styles/app.css'

import { render } from 'preact'

import { createApi } from './api/api.ts'
import { Outside } from './screens/outside.tsx'
import { Shell } from './screens/shell.tsx'
import { createApp } from './state/app.ts'
import { AppContext } from './state/use-app.ts'
import { openTelegram } from './telegram/open-telegram.ts'
import { wordsIn } from './words/words.ts'

const DEADLINE_MS = 15_000

function start(root: HTMLElement): void {
  const telegram = openTelegram()
  if (!telegram) {
    render(<Outside words={wordsIn(navigator.language)} />, root)
    return
  }
  const wait = (milliseconds: number) => new Promise<void>((go) => setTimeout(go, milliseconds))
  const api = createApi(telegram.initData, { base: '', deadlineMs: DEADLINE_MS, wait })
  const app = createApp(telegram, api)
  render(
    <AppContext.Provider value={app}>
      <Shell />
    </AppContext.Provider>,
    root,
  )
}

const root = document.getElementById('app')
if (root) start(root)
