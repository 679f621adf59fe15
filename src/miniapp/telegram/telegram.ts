/** What the page needs of Telegram, whose SDK only this folder knows. */
export type Telegram = {
  /** What Telegram signed, as it came: identity and start parameter. */
  initData: string
  startParam: string
  /** The language of the person's Telegram, until the server says which one they chose. */
  language: string
  /** Whether the bot may write to this person. */
  mayWrite: boolean
  /** What the phone does in the hand. */
  feel: (what: Feeling) => void
  /** Shows the big button under the page, or hides it. */
  setMainButton: (button: MainButton | undefined) => void
  /** Shows the arrow in the page's head, or hides it. */
  setBackButton: (onPress: (() => void) | undefined) => void
  /** Telegram's camera; absent where there is none. Undefined when the person closed it. */
  scan?: (hint: string) => Promise<string | undefined>
  /** Picks a chat and asks the bot's inline mode there; absent where that cannot be done. */
  sendInline?: (query: string) => void
  /** The dialog that sends a plain link to a chat. */
  sendLink: (url: string, text: string) => void
  copy: (text: string) => Promise<void>
  /** Closes the page. */
  close: () => void
  /** Asks whether the bot may write; absent where that cannot be asked. */
  askToWrite?: () => Promise<boolean>
}

export type Feeling = 'success' | 'warning' | 'error' | 'tap'

export type MainButton = { text: string; isBusy: boolean; isOff?: boolean; onPress: () => void }
