import { useState } from 'preact/hooks'
import { knownCodes } from '../chat/known-codes.ts'
import { Icon } from '../parts/icon.tsx'
import { moveFocus } from '../parts/move-focus.ts'
import { Sheet } from '../parts/sheet.tsx'
import { type Desk, did } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Phone, Scanner } from '../state/phones.ts'

/** Stands for the camera: a code is typed, or picked from what the sandbox could show to it. */
export function ScanBox({ phone, scanner }: { phone: Phone; scanner: Scanner }) {
  const desk = useDesk()
  const [typed, setTyped] = useState('')
  const read = (data: string) => {
    if (phone.role === 'merchant') did(desk, 'redeemed')
    scanner.read(data)
  }
  return (
    <Sheet label="Scan a code" kind="bottom" dismiss={scanner.close}>
      <div class="sheet-head">
        <h3>Point the camera at…</h3>
        <button
          type="button"
          class="round-button"
          aria-label="Close the camera"
          onClick={scanner.close}
        >
          <Icon name="close" />
        </button>
      </div>
      {scanner.text && <p class="scan-text">{scanner.text}</p>}
      <form
        class="scan-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim()) read(typed.trim())
        }}
      >
        <input
          class="scan-field"
          value={typed}
          placeholder="Type or paste what the QR holds"
          aria-label="What the QR holds"
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="scan-use" disabled={typed.trim() === ''}>
          Scan
        </button>
      </form>
      <ul class="choices" onKeyDown={moveFocus}>
        {sightsOf(desk).map((sight) => (
          <li key={sight.data}>
            <button type="button" class="choice choice-plain" onClick={() => read(sight.data)}>
              <span class="choice-icon">
                <Icon name="qr" />
              </span>
              <b>{sight.title}</b>
              <span>{sight.detail}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

/** Everything with a QR that lies around: vouchers on phones, and receipts. */
function sightsOf(desk: Desk): { data: string; title: string; detail: string }[] {
  const vouchers = knownCodes(desk).map(({ code, holder }) => ({
    data: code,
    title: code,
    detail: `voucher on ${holder}’s phone`,
  }))
  const receipts = desk.receipts.value.map((receipt) => ({
    data: receipt.url,
    title: receipt.title,
    detail: `receipt, ${receipt.store}`,
  }))
  return [...vouchers, ...receipts]
}
