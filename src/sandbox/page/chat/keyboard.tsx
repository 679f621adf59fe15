import type { SimButton, SimMessage } from '../../sim.ts'
import { webAddress } from '../deeds/follow-link.ts'
import { pressButton, pressKey } from '../deeds/press-button.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'

/** The buttons under a message. */
export function Keyboard({ phone, message }: { phone: Phone; message: SimMessage }) {
  const rows = message.reply_markup?.inline_keyboard ?? []
  if (rows.length === 0) return null
  return (
    <fieldset class="keyboard" aria-label="Buttons of this message">
      {rows.map((row, index) => (
        <div class="keyboard-row" key={index}>
          {row.map((button, place) => (
            <KeyboardButton key={place} phone={phone} message={message} button={button} />
          ))}
        </div>
      ))}
    </fieldset>
  )
}

interface KeyboardButtonProps {
  phone: Phone
  message: SimMessage
  button: SimButton
}

function KeyboardButton({ phone, message, button }: KeyboardButtonProps) {
  const desk = useDesk()
  const isWaiting =
    button.callback_data !== undefined && phone.waiting.value.has(pressKey(message, button))
  const look = `key ${button.style ? `key-${button.style}` : ''}`
  const icon = iconOf(button)
  const face = (
    <>
      <span class="key-text">{button.text}</span>
      {icon && <Icon name={icon} />}
      {isWaiting && <span class="spinner" role="status" aria-label="Waiting for the bot" />}
    </>
  )
  const web = button.url === undefined ? undefined : webAddress(desk, button.url)
  if (web && /^https?:/.test(web)) {
    return (
      <a class={look} href={web} target="_blank" rel="noopener noreferrer">
        {face}
      </a>
    )
  }
  return (
    <button
      type="button"
      class={look}
      disabled={button.disabled !== undefined}
      aria-busy={isWaiting}
      onClick={() => void pressButton(desk, phone, message, button)}
    >
      {face}
    </button>
  )
}

/** The small mark in the corner that tells what kind of button it is. */
function iconOf(button: SimButton): IconName | undefined {
  if (button.disabled) return 'lock'
  if (button.copy_text) return 'copy'
  if (button.web_app) return 'app'
  if (button.url) return 'link'
  const isSwitch =
    button.switch_inline_query !== undefined ||
    button.switch_inline_query_current_chat !== undefined ||
    button.switch_inline_query_chosen_chat !== undefined
  return isSwitch ? 'share' : undefined
}
