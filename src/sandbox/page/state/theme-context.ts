import { createContext } from 'preact'
import type { ThemeSwitch } from './theme.ts'

export const ThemeContext = createContext<ThemeSwitch | undefined>(undefined)
