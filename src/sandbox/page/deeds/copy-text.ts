import { note, type Phone } from '../state/phones.ts'

export async function copyText(phone: Phone, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    note(phone, `Copied ${text}`)
  } catch {
    note(phone, 'This browser does not let the page copy.')
  }
}
