import type { BottomButton, MiniApp } from './mini-app.ts'

/** The main and the secondary button, where Telegram draws them. */
export function BottomBar({ app }: { app: MiniApp }) {
  const main = app.main.value
  const secondary = app.secondary.value
  const { bottomBar } = app.colors.value
  if (!main.isVisible && !secondary.isVisible) return null
  return (
    <footer
      class={`app-bottom app-bottom-${secondary.position}`}
      style={bottomBar ? { backgroundColor: bottomBar } : {}}
    >
      <ClientButton
        button={secondary}
        look="secondary"
        press={() => app.send('secondary_button_pressed')}
      />
      <ClientButton button={main} look="main" press={() => app.send('main_button_pressed')} />
    </footer>
  )
}

interface ClientButtonProps {
  button: BottomButton
  look: 'main' | 'secondary'
  press: () => void
}

function ClientButton({ button, look, press }: ClientButtonProps) {
  if (!button.isVisible) return null
  const { color, textColor } = button
  const colors = {
    ...(color ? { backgroundColor: color } : {}),
    ...(textColor ? { color: textColor } : {}),
  }
  return (
    <button
      type="button"
      class={`app-button app-button-${look}`}
      style={colors}
      disabled={!button.isActive}
      aria-busy={button.isBusy}
      onClick={press}
    >
      {button.isBusy ? (
        <span class="spinner" role="status" aria-label={button.text} />
      ) : (
        button.text
      )}
    </button>
  )
}
