import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'

export type Theme = 'light' | 'dark'

export interface ThemeSwitch {
  theme: ReadonlySignal<Theme>
  toggle: () => void
}

const KEPT_AS = 'passalong-sandbox-theme'

/** Light or dark as the system says, until somebody says otherwise; that choice is kept. */
export function createThemeSwitch(): ThemeSwitch {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = signal(system.matches)
  system.addEventListener('change', () => {
    systemIsDark.value = system.matches
  })
  const kept = localStorage.getItem(KEPT_AS)
  const chosen = signal<Theme | undefined>(kept === 'light' || kept === 'dark' ? kept : undefined)
  const theme = computed(() => chosen.value ?? (systemIsDark.value ? 'dark' : 'light'))
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value
  })
  return {
    theme,
    toggle: () => {
      chosen.value = theme.value === 'dark' ? 'light' : 'dark'
      localStorage.setItem(KEPT_AS, chosen.value)
    },
  }
}

/** The theme that is on the screen now. */
export function shownTheme(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'
}
