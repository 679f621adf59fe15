import { TABS } from './router.ts'

/** What the parameter asks for that the page was opened with. */
export type Errand =
  | { kind: 'screen'; screen: (typeof SCREENS)[number] }
  | { kind: 'token'; token: string }

const SCREENS = [...TABS, 'receipt'] as const

/** A tab or `receipt` by its name, the vouchers when nothing is asked for; the rest is for the server to read. */
export function errandOf(startParam: string): Errand {
  const screen = SCREENS.find((name) => name === (startParam || 'vouchers'))
  return screen ? { kind: 'screen', screen } : { kind: 'token', token: startParam }
}
