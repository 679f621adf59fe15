import { TABS, type Tab } from '../state/router.ts'
import { useApp, useWords } from '../state/use-app.ts'
import { Icon, type IconName } from './icon.tsx'

const ICONS: Record<Tab, IconName> = { vouchers: 'ticket', orders: 'receipt', shares: 'people' }

export function Tabs({ current }: { current: Tab }) {
  const { router, telegram } = useApp()
  const { texts } = useWords()
  const open = (tab: Tab) => {
    telegram.feel('tap')
    router.switchTo(tab)
  }
  return (
    <nav class="tabs" aria-label={texts.tabs.label}>
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          class="tabs__tab"
          {...(tab === current && { 'aria-current': 'page' as const })}
          onClick={() => open(tab)}
        >
          <Icon name={ICONS[tab]} />
          <span>{texts.tabs[tab]}</span>
        </button>
      ))}
    </nav>
  )
}
