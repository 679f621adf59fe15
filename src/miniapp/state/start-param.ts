import { TABS, type Tab } from './router.ts'

/** What the parameter asks for that the page was opened with. */
export type Errand =
  | { kind: 'screen'; screen: (typeof SCREENS)[number] }
  | { kind: 'token'; token: string }

const SCREENS = [...TABS, 'receipt', 'campaigns', 'numbers', 'settings'] as const

/** A tab or another screen by its name, the usual one when nothing is asked for; the rest is for the server to read. */
export function errandOf(startParam: string, usual: Tab = 'vouchers'): Errand {
  const screen = SCREENS.find((name) => name === (startParam || usual))
  return screen ? { kind: 'screen', screen } : { kind: 'token', token: startParam }
}
