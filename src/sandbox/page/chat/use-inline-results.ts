import { useEffect, useState } from 'preact/hooks'
import type { InlineResults, TypedQuery } from '../../sim.ts'
import { attempt } from '../deeds/attempt.ts'
import { type Desk, groupOf } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'
import type { Phone } from '../state/phones.ts'

/** Waits until the typing pauses, as clients do. */
const PAUSE_MS = 250

export interface InlineAsk {
  isBusy: boolean
  results: InlineResults | undefined
}

/** Asks the bot for results while `@bot query` is being typed; undefined asks nothing. */
export function useInlineResults(phone: Phone, query: string | undefined): InlineAsk {
  const desk = useDesk()
  const from = phone.person.value
  const chat = phone.chat.value
  const [asked, setAsked] = useState<InlineAsk>({ isBusy: false, results: undefined })

  useEffect(() => {
    setAsked({ isBusy: query !== undefined, results: undefined })
    if (query === undefined || from === undefined || chat === undefined) return undefined
    let isOld = false
    const timer = setTimeout(() => {
      const typed = { from, query, chatType: chatTypeOf(desk, from, chat) }
      void attempt(phone, desk.api.query(typed)).then((results) => {
        if (!isOld) setAsked({ isBusy: false, results })
      })
    }, PAUSE_MS)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [query, from, chat])
  return asked
}

function chatTypeOf(desk: Desk, from: number, chat: number): NonNullable<TypedQuery['chatType']> {
  if (chat === from) return 'sender'
  return groupOf(desk, chat)?.type ?? 'private'
}
