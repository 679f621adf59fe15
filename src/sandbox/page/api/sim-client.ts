import type {
  CallbackAnswer,
  ChosenResult,
  GroupMember,
  InlineResults,
  LaunchedWebApp,
  NewPerson,
  PressedButton,
  SharedPrepared,
  SimGroup,
  SimMenu,
  SimMessage,
  SimPerson,
  SimState,
  StartLink,
  TypedQuery,
  TypedText,
  WebAppLaunch,
  WriteAccess,
} from '../../sim.ts'

/** What people can do in the simulated Telegram, as functions. */
export type SimClient = ReturnType<typeof simClient>

/** Telegram refused: the message says why, in the words of the simulation. */
class SimRefusal extends Error {
  override name = 'SimRefusal'
}

export function simClient(fetcher: typeof fetch) {
  async function ask<T>(path: string, body?: unknown): Promise<T> {
    const answer = await fetcher(`/sim/${path}`, body === undefined ? {} : postOf(body))
    const json: unknown = await answer.json().catch(() => undefined)
    if (!answer.ok) throw new SimRefusal(reasonOf(json) ?? `Refused with status ${answer.status}.`)
    return json as T
  }

  return {
    state: () => ask<SimState>('state'),
    messages: (chat: number, as: number) => ask<SimMessage[]>(`chats/${chat}/messages?as=${as}`),
    menu: (chat: number, as: number) => ask<SimMenu>(`chats/${chat}/menu?as=${as}`),
    type: (typed: TypedText) => ask<SimMessage>('messages', typed),
    start: (link: StartLink) => ask<SimMessage>('start', link),
    press: (button: PressedButton) => ask<CallbackAnswer>('callbacks', button),
    query: (typed: TypedQuery) => ask<InlineResults>('inline-queries', typed),
    choose: (chosen: ChosenResult) => ask<SimMessage>('inline-results', chosen),
    sharePrepared: (shared: SharedPrepared) => ask<SimMessage>('prepared', shared),
    launch: (launch: WebAppLaunch) => ask<LaunchedWebApp>('webapps', launch),
    allowWriting: (access: WriteAccess) => ask<SimPerson>('write-access', access),
    addPerson: (person: NewPerson) => ask<SimPerson>('people', person),
    setMember: (group: number, change: GroupMember) =>
      ask<SimGroup>(`groups/${group}/members`, change),
  }
}

function postOf(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

function reasonOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('error' in json)) return undefined
  return typeof json.error === 'string' ? json.error : undefined
}
