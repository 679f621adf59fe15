import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../deeds/say.ts'
import { Icon } from '../parts/icon.tsx'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'
import { MenuButton } from './menu-button.tsx'
import { Suggestions } from './suggestions.tsx'
import { useMenu } from './use-menu.ts'
import { type Offered, useSuggestions } from './use-suggestions.ts'

/** Where one types: Enter sends, `/` offers commands, `@bot` asks the bot for results. */
export function Composer({ phone }: { phone: Phone }) {
  const desk = useDesk()
  const menu = useMenu(phone.person.value, phone.chat.value)
  const offered = useSuggestions(phone, menu)
  const [active, setActive] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = phone.draft.value
  const listId = `suggestions-${phone.role}`
  useGrowing(field, draft)
  useEffect(() => setActive(0), [offered?.list.length, offered?.kind])
  useEffect(() => {
    // Somebody else wrote here, such as the share button: the holder goes on from there.
    if (draft !== '' && document.activeElement !== field.current) {
      field.current?.focus({ preventScroll: true })
    }
  }, [draft])

  const send = () => {
    const text = phone.draft.peek()
    phone.draft.value = ''
    void say(desk, phone, text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const chosen = offered && steer(event.key, offered, active, setActive, phone)
    if (!chosen && event.key === 'Enter' && !event.shiftKey) send()
    else if (!chosen) return
    event.preventDefault()
  }
  return (
    <div class="composer-frame">
      {offered && (
        <Suggestions
          id={listId}
          label={offered.label}
          kind={offered.kind}
          suggestions={offered.list}
          active={active}
          isBusy={offered.isBusy}
        />
      )}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <MenuButton phone={phone} menu={menu} />
        <textarea
          ref={field}
          class={`composer-field ${offered?.kind === 'results' ? 'is-query' : ''}`}
          rows={1}
          value={draft}
          placeholder="Message"
          aria-label={`Message as ${phone.role === 'group' ? 'a member' : `the ${phone.role}`}`}
          aria-controls={offered ? listId : undefined}
          aria-activedescendant={offered ? `${listId}-${active}` : undefined}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="send"
          onInput={(event) => {
            phone.draft.value = event.currentTarget.value
          }}
          onKeyDown={onKeyDown}
        />
        {offered?.kind === 'results' ? (
          <button
            type="button"
            class="composer-cancel"
            aria-label="Send nothing"
            onClick={() => {
              phone.draft.value = ''
            }}
          >
            <Icon name="close" />
          </button>
        ) : (
          <button
            type="submit"
            class="composer-send"
            aria-label="Send"
            disabled={draft.trim() === ''}
          >
            <Icon name="send" />
          </button>
        )}
      </form>
    </div>
  )
}

/** Arrows, Enter, Tab and Escape while something is offered. @returns whether the key was meant for it */
function steer(
  key: string,
  { list }: Offered,
  active: number,
  setActive: (index: number) => void,
  phone: Phone,
): boolean {
  const one = list[active]
  if (key === 'Escape') phone.draft.value = ''
  else if (!one) return false
  else if (key === 'ArrowDown') setActive((active + 1) % list.length)
  else if (key === 'ArrowUp') setActive((active - 1 + list.length) % list.length)
  else if (key === 'Tab' && one.complete) one.complete()
  else if (key === 'Enter') one.choose()
  else return false
  return true
}

/** Makes the field as high as its text, up to what its style allows. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
  useEffect(() => {
    const box = field.current
    if (!box) return
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
  }, [text])
}
