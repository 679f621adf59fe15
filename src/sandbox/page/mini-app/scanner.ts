import type { Stage } from './stage.ts'

/** Opens the box that stands for the camera. It stays until the app or its user closes it. */
export function openScanner({ phone, app }: Stage, text: string): void {
  phone.scanner.peek()?.close()
  phone.scanner.value = {
    text,
    read: (data) => app.send('qr_text_received', { data }),
    close: () => {
      phone.scanner.value = undefined
      app.send('scan_qr_popup_closed')
    },
  }
}
