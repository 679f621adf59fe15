import { useEffect, useRef } from 'preact/hooks'
import { onThisMachine } from '../deeds/on-this-machine.ts'
import { firstLetter } from '../parts/initials.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Suggestion } from './suggestion.ts'

interface SuggestionsProps {
  id: string
  label: string
  kind: 'commands' | 'results' | 'codes'
  suggestions: Suggestion[]
  active: number
  isBusy: boolean
}

/** What can be chosen for what is being typed: commands, the bot's results, vouchers. */
export function Suggestions(props: SuggestionsProps) {
  const { id, label, kind, suggestions, active, isBusy } = props
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div class={`suggestions suggestions-${kind}`}>
      <div class="suggestions-head">
        {label}
        {isBusy && <span class="spinner" role="status" aria-label="Asking the bot" />}
      </div>
      <div class="suggestions-list" role="listbox" id={id} aria-label={label} ref={list}>
        {suggestions.map((one, index) => (
          <div
            key={one.key}
            id={`${id}-${index}`}
            class="suggestion"
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={one.choose}
            onKeyDown={(event) => event.key === 'Enter' && one.choose()}
          >
            {kind === 'results' && <Picture suggestion={one} />}
            <b class="suggestion-title">{one.title}</b>
            <span class="suggestion-detail">{one.detail}</span>
          </div>
        ))}
      </div>
    </div>
  )
}

function Picture({ suggestion }: { suggestion: Suggestion }) {
  const desk = useDesk()
  if (suggestion.picture) {
    const address = onThisMachine(desk, suggestion.picture)
    return <img class="suggestion-picture" src={address} alt="" />
  }
  return (
    <span class="suggestion-picture" aria-hidden="true">
      {firstLetter(suggestion.title)}
    </span>
  )
}
