import type { SimButton, SimMessage } from '../../sim.ts'

export interface Target {
  message: SimMessage
  button: SimButton
}

/** What all members can press: the first callback of the newest message that has one. */
export function tappable(messages: readonly SimMessage[]): Target | undefined {
  for (const message of messages.toReversed()) {
    const button = callbackOf(message)
    if (button) return { message, button }
  }
  return undefined
}

/** The message's first button that asks the bot, while it can be pressed. */
export function callbackOf(message: SimMessage): SimButton | undefined {
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat()
  return buttons.find((one) => one.callback_data !== undefined && !one.disabled)
}
