import { render } from 'preact'
import { App } from './shell/app.tsx'
import { createDesk, startDesk } from './state/desk.ts'
import { DeskContext } from './state/desk-context.ts'
import { createThemeSwitch } from './state/theme.ts'
import { ThemeContext } from './state/theme-context.ts'
import { watchJourney } from './state/watch-journey.ts'
import './styles/base.css'
import './styles/page.css'
import './styles/phone.css'
import './styles/chat.css'
import './styles/composer.css'
import './styles/sheets.css'
import './styles/mini-app.css'
import './styles/receipt.css'

const fetcher = window.fetch.bind(window)
const desk = createDesk(fetcher)
const themeSwitch = createThemeSwitch()
startDesk(desk, fetcher)
watchJourney(desk)

const page = document.getElementById('page')
if (page) {
  render(
    <ThemeContext.Provider value={themeSwitch}>
      <DeskContext.Provider value={desk}>
        <App />
      </DeskContext.Provider>
    </ThemeContext.Provider>,
    page,
  )
}
