import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { SimEntity } from '../../sim.ts'
import { type Piece, piecesOf } from './pieces.ts'

export interface TapHandlers {
  onLink: (address: string) => void
  onCommand: (command: string) => void
  onCode: (code: string) => void
  /** The address to show in an anchor; undefined for what Telegram opens itself. */
  webAddress: (address: string) => string | undefined
}

interface FormattedTextProps {
  text: string
  entities: readonly SimEntity[] | undefined
  on: TapHandlers
}

/** A message's text as elements: what people and bots write is never read as HTML. */
export function FormattedText({ text, entities, on }: FormattedTextProps) {
  return <>{drawPieces(piecesOf(text, entities), on)}</>
}

function drawPieces(pieces: Piece[], on: TapHandlers): ComponentChildren {
  return pieces.map((piece, index) => {
    if (typeof piece !== 'string') return <Formatted key={index} {...piece} on={on} />
    // A block ends its line itself.
    return isBlock(pieces[index - 1]) ? piece.replace(/^\n/, '') : piece
  })
}

const BLOCKS = ['pre', 'blockquote', 'expandable_blockquote']

function isBlock(piece: Piece | undefined): boolean {
  return typeof piece === 'object' && BLOCKS.includes(piece.entity.type)
}

function Formatted({
  entity,
  pieces,
  on,
}: {
  entity: SimEntity
  pieces: Piece[]
  on: TapHandlers
}) {
  const inner = drawPieces(pieces, on)
  const plain = plainOf(pieces)
  switch (entity.type) {
    case 'bold':
      return <b>{inner}</b>
    case 'italic':
      return <i>{inner}</i>
    case 'underline':
      return <u>{inner}</u>
    case 'strikethrough':
      return <s>{inner}</s>
    case 'spoiler':
      return <Spoiler>{inner}</Spoiler>
    case 'pre':
      return <pre class="text-pre">{inner}</pre>
    case 'blockquote':
    case 'expandable_blockquote':
      return <blockquote class="text-quote">{inner}</blockquote>
    case 'code':
      return (
        <button type="button" class="text-code" title="Copy" onClick={() => on.onCode(plain)}>
          {inner}
        </button>
      )
    case 'bot_command':
      return (
        <button type="button" class="text-link" onClick={() => on.onCommand(plain)}>
          {inner}
        </button>
      )
    case 'text_link':
      return (
        <TappedAddress address={entity.url ?? ''} on={on}>
          {inner}
        </TappedAddress>
      )
    case 'url':
      return (
        <TappedAddress address={withScheme(plain)} on={on}>
          {inner}
        </TappedAddress>
      )
    case 'mention':
    case 'hashtag':
    case 'cashtag':
    case 'email':
    case 'phone_number':
      return <span class="text-mark">{inner}</span>
    default:
      return <>{inner}</>
  }
}

interface TappedAddressProps {
  address: string
  on: TapHandlers
  children: ComponentChildren
}

function TappedAddress({ address, on, children }: TappedAddressProps) {
  const web = on.webAddress(address)
  if (web && /^https?:/.test(web)) {
    return (
      <a class="text-link" href={web} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    )
  }
  return (
    <button type="button" class="text-link" onClick={() => on.onLink(address)}>
      {children}
    </button>
  )
}

function Spoiler({ children }: { children: ComponentChildren }) {
  const [isShown, show] = useState(false)
  if (isShown) return <span>{children}</span>
  return (
    <button
      type="button"
      class="text-spoiler"
      aria-label="Show hidden text"
      onClick={() => show(true)}
    >
      {children}
    </button>
  )
}

function plainOf(pieces: Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plainOf(piece.pieces))).join('')
}

function withScheme(address: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`
}
