import type { InlineResults, SimMenu } from '../../sim.ts'
import { openMiniApp } from '../deeds/open-mini-app.ts'
import { pressStart, say } from '../deeds/say.ts'
import { chooseResult } from '../deeds/share-inline.ts'
import type { Desk } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'
import { knownCodes } from './known-codes.ts'
import { readCommand, readInline } from './read-inline.ts'
import { type Suggestion, suggestResult } from './suggestion.ts'
import { useInlineResults } from './use-inline-results.ts'

export interface Offered {
  kind: 'commands' | 'results' | 'codes'
  label: string
  isBusy: boolean
  list: Suggestion[]
}

/** What to offer above the composer for the text in it; undefined for nothing. */
export function useSuggestions(phone: Phone, menu: SimMenu): Offered | undefined {
  const desk = useDesk()
  const draft = phone.draft.value
  const query = readInline(draft, desk.world.value?.bot.username ?? '')
  const { isBusy, results } = useInlineResults(phone, query)
  if (query !== undefined) return offerResults(desk, phone, results, isBusy)
  if (/^\/redeem(?:@\w+)? +\S*$/.test(draft)) return offerCodes(desk, phone, draft)
  const command = readCommand(draft)
  return command === undefined ? undefined : offerCommands(desk, phone, menu, command)
}

function offerResults(
  desk: Desk,
  phone: Phone,
  results: InlineResults | undefined,
  isBusy: boolean,
): Offered {
  const list = (results?.results ?? []).map((result) =>
    suggestResult(result, () => {
      void chooseResult(desk, phone, results?.queryId ?? '', result.id)
    }),
  )
  if (results?.button) list.unshift(suggestButton(desk, phone, results.button))
  const nothing = results && list.length === 0 ? 'The bot has nothing for this' : undefined
  return { kind: 'results', label: nothing ?? 'Choose what to send', isBusy, list }
}

function suggestButton(
  desk: Desk,
  phone: Phone,
  button: NonNullable<InlineResults['button']>,
): Suggestion {
  const choose = () => {
    const url = button.web_app?.url
    if (url) void openMiniApp(desk, phone, { via: 'button', url })
    else void pressStart(desk, phone, button.start_parameter)
  }
  return { key: 'button', title: button.text, detail: 'Open the bot', choose }
}

function offerCommands(
  desk: Desk,
  phone: Phone,
  menu: SimMenu,
  start: string,
): Offered | undefined {
  const list = menu.commands
    .filter(({ command }) => command.startsWith(start))
    .map(({ command, description }) => {
      const complete = () => {
        phone.draft.value = `/${command} `
      }
      // Where vouchers lie around, the next thing is to pick one.
      const goesOn = command === 'redeem' && knownCodes(desk).length > 0
      const choose = goesOn ? complete : () => sendCommand(desk, phone, command)
      return { key: command, title: `/${command}`, detail: description, choose, complete }
    })
  return list.length > 0 ? { kind: 'commands', label: 'Commands', isBusy: false, list } : undefined
}

/** In a group the command names the bot that it is for, as in Telegram. */
function sendCommand(desk: Desk, phone: Phone, command: string): void {
  const inGroup = (phone.chat.peek() ?? 0) < 0
  phone.draft.value = ''
  void say(desk, phone, `/${command}${inGroup ? `@${desk.world.peek()?.bot.username}` : ''}`)
}

/** A shortcut of the sandbox: instead of reading a code from another phone, the till picks it. */
function offerCodes(desk: Desk, phone: Phone, draft: string): Offered | undefined {
  const [command = '', typed = ''] = draft.split(/ +/)
  const list = knownCodes(desk)
    .filter(({ code }) => code.startsWith(typed.toUpperCase()) && code !== typed)
    .map(({ code, holder }) => ({
      key: code,
      title: code,
      detail: `on ${holder}’s phone`,
      choose: () => {
        phone.draft.value = ''
        void say(desk, phone, `${command} ${code}`)
      },
      complete: () => {
        phone.draft.value = `${command} ${code}`
      },
    }))
  return list.length > 0
    ? { kind: 'codes', label: 'Vouchers on the other phones', isBusy: false, list }
    : undefined
}
