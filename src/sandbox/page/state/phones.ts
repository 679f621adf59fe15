import { type Signal, signal } from '@preact/signals'
import type { MiniApp } from '../mini-app/mini-app.ts'

export type Role = 'shopper' | 'group' | 'merchant'

/** One of the three phones: who holds it, what is open on it, and what lies over it. */
export interface Phone {
  role: Role
  person: Signal<number | undefined>
  /** The open chat; undefined shows the list of chats. */
  chat: Signal<number | undefined>
  draft: Signal<string>
  /** `pressKey` of the buttons whose answers are awaited. */
  waiting: Signal<ReadonlySet<string>>
  notes: Signal<readonly Note[]>
  dialog: Signal<Dialog | undefined>
  chooser: Signal<Chooser | undefined>
  scanner: Signal<Scanner | undefined>
  miniApp: Signal<MiniApp | undefined>
}

/** A line that shows itself and goes, such as the answer to a pressed button. */
interface Note {
  id: number
  text: string
  /** Whose it is, when it is not the phone's holder's. */
  person?: number
}

export interface Dialog {
  title?: string
  message: string
  buttons: DialogButton[]
  settle: (id: string | undefined) => void
}

interface DialogButton {
  id: string
  text: string
  isDestructive?: boolean
}

/** Asks for a chat to send something to. */
export interface Chooser {
  title: string
  users: boolean
  groups: boolean
  settle: (chat: number | undefined) => void
}

/** Stands for the camera that reads QR codes. */
export interface Scanner {
  text: string
  read: (data: string) => void
  close: () => void
}

const NOTE_SECONDS = 4
const MOST_NOTES = 5

export function createPhone(role: Role): Phone {
  return {
    role,
    person: signal(undefined),
    chat: signal(undefined),
    draft: signal(''),
    waiting: signal(new Set()),
    notes: signal([]),
    dialog: signal(undefined),
    chooser: signal(undefined),
    scanner: signal(undefined),
    miniApp: signal(undefined),
  }
}

/** Gives the phone to somebody; nothing of the one before stays on it. */
export function handTo(phone: Phone, person: number, chat: number | undefined): void {
  closeOverlays(phone)
  phone.miniApp.value = undefined
  phone.person.value = person
  phone.chat.value = chat
  phone.draft.value = ''
}

export function openChat(phone: Phone, chat: number | undefined): void {
  phone.chat.value = chat
  phone.draft.value = ''
}

export function note(phone: Phone, text: string, person?: number): void {
  const id = performance.now()
  const one: Note = { id, text, ...(person === undefined ? {} : { person }) }
  phone.notes.value = [...phone.notes.peek(), one].slice(-MOST_NOTES)
  const away = () => {
    phone.notes.value = phone.notes.peek().filter((other) => other.id !== id)
  }
  setTimeout(away, NOTE_SECONDS * 1000)
}

/** Shows a dialog and waits for the button; undefined when it was dismissed. */
export function ask(phone: Phone, dialog: Omit<Dialog, 'settle'>): Promise<string | undefined> {
  phone.dialog.peek()?.settle(undefined)
  return new Promise((resolve) => {
    const settle = (id: string | undefined) => {
      phone.dialog.value = undefined
      resolve(id)
    }
    phone.dialog.value = { ...dialog, settle }
  })
}

/** Shows the chats that may be chosen and waits; undefined when none was. */
export function askForChat(
  phone: Phone,
  chooser: Omit<Chooser, 'settle'>,
): Promise<number | undefined> {
  phone.chooser.peek()?.settle(undefined)
  return new Promise((resolve) => {
    const settle = (chat: number | undefined) => {
      phone.chooser.value = undefined
      resolve(chat)
    }
    phone.chooser.value = { ...chooser, settle }
  })
}

function closeOverlays(phone: Phone): void {
  phone.dialog.peek()?.settle(undefined)
  phone.chooser.peek()?.settle(undefined)
  phone.scanner.peek()?.close()
}
