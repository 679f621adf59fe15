import { useEffect, useRef } from 'preact/hooks'

import { Button } from './button.tsx'

type ConfirmProps = {
  title: string
  text: string
  yes: string
  no: string
  isBusy: boolean
  onYes: () => void
  onNo: () => void
}

/** Asks before something that cannot be undone. Escape means no. */
export function Confirm({ title, text, yes, no, isBusy, onYes, onNo }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="confirm-title" onClose={onNo}>
      <div class="confirm__body">
        <h2 id="confirm-title">{title}</h2>
        <p>{text}</p>
        <Button look="danger" isBusy={isBusy} onPress={onYes}>
          {yes}
        </Button>
        <Button look="soft" onPress={onNo}>
          {no}
        </Button>
      </div>
    </dialog>
  )
}
