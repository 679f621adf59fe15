import { useContext } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { Logo } from '../parts/logo.tsx'
import { type Desk, personOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import { ALL_DONE, START_FIRST, STEPS } from '../state/journey.ts'
import { ThemeContext } from '../state/theme-context.ts'

/** The strip on top: what this is, and what to do next. */
export function TopBar() {
  const desk = useDesk()
  const { api, miniApp } = desk.info.value.links
  return (
    <header class="top-bar">
      <div class="brand">
        <span class="brand-mark">
          <Logo />
        </span>
        <h1>
          Passalong <span>sandbox</span>
        </h1>
      </div>
      <Journey />
      <nav class="top-links" aria-label="More">
        {api && (
          <a href={api} target="_blank" rel="noopener noreferrer">
            API
          </a>
        )}
        {miniApp && (
          <a href={miniApp} target="_blank" rel="noopener noreferrer">
            Mini App
          </a>
        )}
        <ThemeButton />
      </nav>
    </header>
  )
}

function Journey() {
  const desk = useDesk()
  const step = desk.step.value
  return (
    <div class="journey">
      <ol class="steps">
        {STEPS.map(({ title }, index) => (
          <li
            key={title}
            class={index < step ? 'step is-done' : 'step'}
            aria-current={index === step ? 'step' : undefined}
          >
            <span class="step-mark">{index < step ? <Icon name="check" /> : index + 1}</span>
            <span class="step-title">{title}</span>
          </li>
        ))}
      </ol>
      <p class="hint" role="status">
        {hintFor(desk)}
      </p>
    </div>
  )
}

function hintFor(desk: Desk): string {
  const step = STEPS[desk.step.value]
  if (!step) return ALL_DONE
  const merchant = personOf(desk, desk.phones.merchant.person.value)
  return step.place === 'merchant' && merchant?.started === false ? START_FIRST : step.hint
}

function ThemeButton() {
  const switcher = useContext(ThemeContext)
  const isDark = switcher?.theme.value === 'dark'
  return (
    <button
      type="button"
      class="round-button"
      aria-label={isDark ? 'Switch to light' : 'Switch to dark'}
      onClick={switcher?.toggle}
    >
      <Icon name={isDark ? 'sun' : 'moon'} />
    </button>
  )
}
