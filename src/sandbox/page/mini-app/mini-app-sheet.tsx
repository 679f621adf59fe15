import { useContext, useEffect, useRef } from 'preact/hooks'
import { Avatar } from '../parts/avatar.tsx'
import { Icon } from '../parts/icon.tsx'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'
import { ThemeContext } from '../state/theme-context.ts'
import { BottomBar } from './bottom-bar.tsx'
import { answerApp, closeApp, sendTheme, sendViewport } from './bridge.ts'
import { isDark } from './is-dark.ts'
import type { MiniApp } from './mini-app.ts'
import { mountApp } from './mount-app.ts'
import type { Stage } from './stage.ts'

/** The Mini App in its frame, with the header and the buttons that the client draws around it. */
export function MiniAppSheet({ phone, app }: { phone: Phone; app: MiniApp }) {
  const desk = useDesk()
  const stage: Stage = { desk, phone, app }
  const sheet = useRef<HTMLElement>(null)
  const shell = useRef<HTMLIFrameElement>(null)
  useFrame(stage, shell)
  useShaking(sheet, app.shakes.value)
  useEffect(() => sheet.current?.focus({ preventScroll: true }), [])

  const { background } = app.colors.value
  return (
    <section
      class={`app-sheet ${app.isExpanded.value ? 'is-expanded' : ''}`}
      ref={sheet}
      tabIndex={-1}
      aria-label="Mini App"
      onKeyDown={(event) => event.key === 'Escape' && void closeApp(stage)}
    >
      <AppHeader stage={stage} />
      <div class="app-body" style={background ? { backgroundColor: background } : {}}>
        <iframe class="app-shell" title="Mini App" ref={shell} />
        {!app.isReady.value && (
          <div class="app-loading" role="status" aria-label="The Mini App is loading">
            <span class="spinner spinner-large" />
          </div>
        )}
      </div>
      <BottomBar app={app} />
    </section>
  )
}

function AppHeader({ stage }: { stage: Stage }) {
  const { desk, app } = stage
  const bot = desk.world.value?.bot
  const { header } = app.colors.value
  const look = header && (isDark(header) ? 'on-dark' : 'on-light')
  return (
    <header class={`app-header ${look ?? ''}`} style={header ? { backgroundColor: header } : {}}>
      {app.hasBack.value ? (
        <button
          type="button"
          class="round-button"
          aria-label="Back"
          onClick={() => app.send('back_button_pressed')}
        >
          <Icon name="back" />
        </button>
      ) : (
        bot && <Avatar id={bot.id} name={bot.first_name} size="xs" />
      )}
      <div class="phone-title-box">
        <h3 class="phone-title">{bot?.first_name}</h3>
        <p class="phone-subtitle">mini app</p>
      </div>
      <button
        type="button"
        class="round-button"
        aria-label="Close the Mini App"
        onClick={() => void closeApp(stage)}
      >
        <Icon name="close" />
      </button>
    </header>
  )
}

/** Puts the app into its frame, and tells it when theme or size change. */
function useFrame(stage: Stage, shell: { current: HTMLIFrameElement | null }): void {
  const { app } = stage
  const theme = useContext(ThemeContext)?.theme.value
  const isExpanded = app.isExpanded.value
  useEffect(() => {
    const frame = shell.current
    if (!frame) return undefined
    const unmount = mountApp(frame, app, (name, data) => answerApp(stage, name, data))
    const observer = new ResizeObserver(() => sendViewport(app))
    observer.observe(frame)
    return () => {
      observer.disconnect()
      unmount()
    }
  }, [app])
  useEffect(() => sendTheme(app), [theme])
  useEffect(() => sendViewport(app), [isExpanded])
}

/** What a hand would feel, for the eye. */
function useShaking(sheet: { current: HTMLElement | null }, shakes: number): void {
  useEffect(() => {
    if (shakes === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const steps = ['0', '-1.5px', '1.5px', '0'].map((x) => ({ transform: `translateX(${x})` }))
    sheet.current?.animate(steps, { duration: 120 })
  }, [shakes])
}
