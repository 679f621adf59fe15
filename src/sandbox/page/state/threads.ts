import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { SimEvent, SimMessage } from '../../sim.ts'
import type { SimClient } from '../api/sim-client.ts'

/** A chat as one person sees it. */
export interface Thread {
  /** Undefined until it has been read from the simulation. */
  messages: SimMessage[] | undefined
  unread: number
}

export type Threads = ReturnType<typeof createThreads>

/** Keeps the chats that somebody has looked into, one for each reader. */
export function createThreads(api: SimClient, isRead: (reader: number, chat: number) => boolean) {
  const threads = new Map<string, Signal<Thread>>()

  /** Reads the chat at the first look; later looks get what is known. */
  function open(reader: number, chat: number): ReadonlySignal<Thread> {
    const key = keyOf(reader, chat)
    const known = threads.get(key)
    if (known) return known
    const thread = signal<Thread>({ messages: undefined, unread: 0 })
    threads.set(key, thread)
    void load(thread, reader, chat)
    return thread
  }

  async function load(thread: Signal<Thread>, reader: number, chat: number): Promise<void> {
    const before = thread.peek().messages
    const loaded = await api.messages(chat, reader).catch(() => [])
    const current = thread.peek()
    // What came while this was under way is newer than what was read.
    const news = current.messages === before ? [] : (current.messages ?? [])
    thread.value = { ...current, messages: news.reduce(withMessage, loaded) }
  }

  function receive(event: SimEvent): void {
    if (event.kind !== 'message' && event.kind !== 'edited' && event.kind !== 'deleted') return
    for (const reader of event.readers) {
      const thread = threads.get(keyOf(reader, event.chat))
      if (!thread) continue
      const { messages = [], unread } = thread.peek()
      if (event.kind === 'deleted') {
        const left = messages.filter((one) => one.message_id !== event.message_id)
        thread.value = { messages: left, unread }
        continue
      }
      const isNew = event.kind === 'message' && event.message.from.id !== reader
      const adds = isNew && !isRead(reader, event.chat) ? 1 : 0
      thread.value = { messages: withMessage(messages, event.message), unread: unread + adds }
    }
  }

  function markRead(reader: number, chat: number): void {
    const thread = threads.get(keyOf(reader, chat))
    if (thread && thread.peek().unread > 0) thread.value = { ...thread.peek(), unread: 0 }
  }

  /** Reads everything again: the connection was lost, and so were the events meanwhile. */
  async function reload(): Promise<void> {
    const all = [...threads].map(([key, thread]) => {
      const [reader, chat] = key.split('/').map(Number)
      return load(thread, reader ?? 0, chat ?? 0)
    })
    await Promise.all(all)
  }

  return { open, receive, markRead, reload }
}

/** The list with this message in its place: changed where it stood, or added by its number. */
function withMessage(messages: SimMessage[], message: SimMessage): SimMessage[] {
  const stands = messages.findIndex((one) => one.message_id === message.message_id)
  if (stands >= 0) return messages.with(stands, message)
  return [...messages, message].toSorted((a, b) => a.message_id - b.message_id)
}

function keyOf(reader: number, chat: number): string {
  return `${reader}/${chat}`
}
