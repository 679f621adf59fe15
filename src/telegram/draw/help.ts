import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, GAP, linesOf } from './parts.ts'

export function drawWelcome(t: Texts): Message {
  return { text: linesOf(`👋 ${bold(t.html('welcome'))}`, GAP, t.html('welcome-body')) }
}

/** What the bot can do, and what those of the staff's commands do that the person may use. */
export function drawHelp(t: Texts, staffCommands: readonly string[]): Message {
  const staff = staffCommands.map((name) => `/${name} – ${t.html(`command-${name}`)}`)
  return {
    text: linesOf(
      bold(t.html('help')),
      GAP,
      t.html('help-body'),
      ...(staff.length > 0 ? [GAP, bold(t.html('help-staff')), ...staff] : []),
    ),
  }
}
