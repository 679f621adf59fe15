import type { Theme } from '../state/theme.ts'

/** Telegram's colours for Mini Apps, as its clients hand them over. */
export function themeParams(theme: Theme): Record<string, string> {
  return theme === 'dark' ? DARK : LIGHT
}

const LIGHT = {
  bg_color: '#ffffff',
  secondary_bg_color: '#efeff4',
  section_bg_color: '#ffffff',
  header_bg_color: '#efeff4',
  bottom_bar_bg_color: '#ffffff',
  section_separator_color: '#c8c7cc',
  text_color: '#000000',
  hint_color: '#6d6d72',
  subtitle_text_color: '#6d6d72',
  section_header_text_color: '#6d6d72',
  link_color: '#1a6fbf',
  accent_text_color: '#1a6fbf',
  button_color: '#2473c0',
  button_text_color: '#ffffff',
  destructive_text_color: '#d0342c',
}

const DARK = {
  bg_color: '#17212b',
  secondary_bg_color: '#0e1621',
  section_bg_color: '#17212b',
  header_bg_color: '#17212b',
  bottom_bar_bg_color: '#17212b',
  section_separator_color: '#101921',
  text_color: '#f5f5f5',
  hint_color: '#8a9aa9',
  subtitle_text_color: '#8a9aa9',
  section_header_text_color: '#6ab3f3',
  link_color: '#6ab3f3',
  accent_text_color: '#6ab3f3',
  button_color: '#2f74b5',
  button_text_color: '#ffffff',
  destructive_text_color: '#ec6b6b',
}
