import type { MiniApp } from './mini-app.ts'

/**
 * Puts the app into a frame inside `shell`, an empty frame of this page's own origin.
 *
 * The shell is the parent that the app talks to. As several apps may be open, each needs a parent
 * of its own to be told apart; and as apps post to https://web.telegram.org, which no window here
 * is, the shell's `postMessage` is ours.
 *
 * @returns what takes the frame away again
 */
export function mountApp(
  shell: HTMLIFrameElement,
  app: MiniApp,
  receive: (eventType: string, eventData: unknown) => void,
): () => void {
  let frame: HTMLIFrameElement | undefined
  const mount = () => {
    const host = shell.contentWindow
    if (!host || (frame?.isConnected && frame.ownerDocument === host.document)) return
    host.postMessage = (message: unknown) => readMessage(message, receive)
    frame = frameIn(host.document, app.address)
    frame.addEventListener('load', () => {
      app.isReady.value = true
    })
  }
  // Some browsers replace the empty document once more after it can be reached.
  shell.addEventListener('load', mount)
  mount()

  app.send = (eventType, eventData) => {
    const target = frame?.contentWindow as (Window & typeof globalThis) | null | undefined
    const data = JSON.stringify({ eventType, eventData })
    target?.dispatchEvent(new target.MessageEvent('message', { data, source: shell.contentWindow }))
  }
  app.size = () => ({ width: shell.clientWidth, height: shell.clientHeight })
  return () => shell.removeEventListener('load', mount)
}

function frameIn(parent: Document, address: string): HTMLIFrameElement {
  const frame = parent.createElement('iframe')
  frame.title = 'Mini App'
  Object.assign(frame.style, { display: 'block', width: '100%', height: '100%', border: '0' })
  Object.assign(parent.documentElement.style, { height: '100%' })
  Object.assign(parent.body.style, { height: '100%', margin: '0', overflow: 'hidden' })
  frame.src = address
  parent.body.append(frame)
  return frame
}

function readMessage(
  message: unknown,
  receive: (eventType: string, eventData: unknown) => void,
): void {
  try {
    const event: unknown = typeof message === 'string' ? JSON.parse(message) : undefined
    if (typeof event !== 'object' || event === null || !('eventType' in event)) return
    const { eventType } = event
    if (typeof eventType === 'string')
      receive(eventType, 'eventData' in event ? event.eventData : undefined)
  } catch {
    // Not JSON: not meant for a Telegram client.
  }
}
