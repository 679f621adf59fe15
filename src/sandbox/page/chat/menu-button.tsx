import type { SimMenu } from '../../sim.ts'
import { openMiniApp } from '../deeds/open-mini-app.ts'
import { Icon } from '../parts/icon.tsx'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'

/** What stands left of the composer: the bot's menu button, and the way to its commands. */
export function MenuButton({ phone, menu }: { phone: Phone; menu: SimMenu }) {
  const desk = useDesk()
  const { button, commands } = menu
  const isCommanding = phone.draft.value.startsWith('/')
  return (
    <>
      {button.type === 'web_app' && phone.chat.value === phone.person.value && (
        <button
          type="button"
          class="composer-menu"
          onClick={() => void openMiniApp(desk, phone, { via: 'menu' })}
        >
          {button.text ?? 'Open'}
        </button>
      )}
      {commands.length > 0 && (
        <button
          type="button"
          class={button.type === 'commands' ? 'composer-menu' : 'composer-slash'}
          aria-expanded={isCommanding}
          aria-label="Commands"
          onClick={() => {
            phone.draft.value = isCommanding ? '' : '/'
          }}
        >
          <Icon name={isCommanding ? 'close' : button.type === 'commands' ? 'menu' : 'slash'} />
        </button>
      )}
    </>
  )
}
