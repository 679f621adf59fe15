import { Sheet } from '../parts/sheet.tsx'
import type { Dialog } from '../state/phones.ts'

/** An alert or a question in the middle of the phone. */
export function DialogBox({ dialog }: { dialog: Dialog }) {
  const label = dialog.title || dialog.message
  return (
    <Sheet label={label} kind="center" dismiss={() => dialog.settle(undefined)}>
      {dialog.title && <h3 class="dialog-title">{dialog.title}</h3>}
      <p class="dialog-message">{dialog.message}</p>
      <div class="dialog-buttons">
        {dialog.buttons.map((button) => (
          <button
            type="button"
            key={button.id}
            class={`dialog-button ${button.isDestructive ? 'is-destructive' : ''}`}
            onClick={() => dialog.settle(button.id)}
          >
            {button.text}
          </button>
        ))}
      </div>
    </Sheet>
  )
}
