import { remember } from '../state/remember.ts'
import { TABS, type Tab } from '../state/router.ts'
import { useApp, useWords } from '../state/use-app.ts'
import { Icon, type IconName } from './icon.tsx'

const ICONS: Record<Tab, IconName> = {
  vouchers: 'ticket',
  orders: 'receipt',
  shares: 'people',
  shop: 'shop',
}

/** The sections of the page; the shop's is there for its staff only. */
export function Tabs({ current }: { current: Tab }) {
  const { router, telegram, workplace } = useApp()
  const { texts } = useWords()
  const open = (tab: Tab) => {
    telegram.feel('tap')
    router.switchTo(tab)
    remember('tab', tab)
  }
  const shown = TABS.filter((tab) => tab !== 'shop' || workplace.shop.value !== undefined)
  return (
    <nav class="tabs" aria-label={texts.tabs.label}>
      {shown.map((tab) => (
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
