import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { SimEvent, SimGroup, SimPerson, SimState } from '../../sim.ts'
import { infoOf, type Receipt, receiptsOf, type SandboxInfo } from '../api/sandbox-info.ts'
import { type SimClient, simClient } from '../api/sim-client.ts'
import { watchEvents } from '../api/watch-events.ts'
import { codesNamed } from '../chat/voucher-codes.ts'
import { castOf } from './cast.ts'
import { type Deeds, type Place, stepOf } from './journey.ts'
import { createPhone, handTo, type Phone, type Role } from './phones.ts'
import { createThreads, type Threads } from './threads.ts'

/** Everything that lies on the desk: the world, three phones and the receipts. */
export interface Desk {
  api: SimClient
  world: Signal<SimState | undefined>
  info: Signal<SandboxInfo>
  receipts: Signal<Receipt[]>
  threads: Threads
  phones: Record<Role, Phone>
  deeds: Signal<Deeds>
  /** The journey's step, 0 to 4. */
  step: ReadonlySignal<number>
  connection: Signal<'joining' | 'live' | 'lost'>
  /** Codes that stood in answers to buttons; `date` in Unix seconds. */
  heardCodes: Signal<readonly { code: string; person: number; date: number }[]>
  /** Counts changes of the bot's commands and menu buttons. */
  menuEdition: Signal<number>
  /** The columns that are on the screen. */
  inView: Signal<ReadonlySet<Place>>
}

export function createDesk(fetcher: typeof fetch): Desk {
  const api = simClient(fetcher)
  const phones = {
    shopper: createPhone('shopper'),
    group: createPhone('group'),
    merchant: createPhone('merchant'),
  }
  const inView = signal<ReadonlySet<Place>>(new Set(['receipt']))
  const deeds = signal<Deeds>({ opened: false, shared: false, tapped: false, redeemed: false })
  const isRead = (reader: number, chat: number) =>
    Object.values(phones).some(
      (phone) =>
        phone.person.peek() === reader &&
        phone.chat.peek() === chat &&
        inView.peek().has(phone.role),
    )
  return {
    api,
    world: signal(undefined),
    info: signal({ links: {}, people: [] }),
    receipts: signal([]),
    threads: createThreads(api, isRead),
    phones,
    deeds,
    step: computed(() => stepOf(deeds.value)),
    connection: signal('joining'),
    heardCodes: signal([]),
    menuEdition: signal(0),
    inView,
  }
}

/** Reads the world, hands out the phones and follows what happens from then on. */
export function startDesk(desk: Desk, fetcher: typeof fetch): void {
  const named = infoOf(fetcher)
  void receiptsOf(fetcher).then((receipts) => {
    desk.receipts.value = receipts
  })
  watchEvents({
    onOpen: () => void join(desk, named),
    onLost: () => {
      desk.connection.value = 'lost'
    },
    onEvent: (event) => receive(desk, event),
  })
}

async function join(desk: Desk, named: Promise<SandboxInfo>): Promise<void> {
  desk.info.value = await named
  await refreshWorld(desk)
  await desk.threads.reload()
  desk.connection.value = 'live'
}

export async function refreshWorld(desk: Desk): Promise<void> {
  const world = await desk.api.state().catch(() => undefined)
  if (!world) return
  desk.world.value = world
  handOut(desk, world)
}

/** Gives every phone that nobody holds to the person whose part it is. */
function handOut(desk: Desk, world: SimState): void {
  const cast = castOf(world, desk.info.value.people)
  const { shopper, group, merchant } = desk.phones
  const give = (phone: Phone, person: number | undefined, chat: number | undefined) => {
    if (phone.person.peek() === undefined && person !== undefined) handTo(phone, person, chat)
  }
  give(shopper, cast.shopper, cast.shopper)
  give(merchant, cast.merchant, cast.merchant)
  if (cast.group !== undefined) give(group, cast.member, cast.group)
}

function receive(desk: Desk, event: SimEvent): void {
  desk.threads.receive(event)
  if (event.kind === 'people' || event.kind === 'groups') void refreshWorld(desk)
  if (event.kind === 'menu') desk.menuEdition.value += 1
  if (event.kind === 'callback-answer') hear(desk, event.person, event.answer.text ?? '')
}

function hear(desk: Desk, person: number, answer: string): void {
  const date = Math.floor(Date.now() / 1000)
  const codes = codesNamed(answer).map((code) => ({ code, person, date }))
  if (codes.length > 0) desk.heardCodes.value = [...desk.heardCodes.peek(), ...codes]
}

export function did(desk: Desk, deed: keyof Deeds): void {
  if (!desk.deeds.peek()[deed]) desk.deeds.value = { ...desk.deeds.peek(), [deed]: true }
}

export function personOf(desk: Desk, id: number | undefined): SimPerson | undefined {
  return desk.world.value?.people.find((person) => person.id === id)
}

export function groupOf(desk: Desk, id: number | undefined): SimGroup | undefined {
  return desk.world.value?.groups.find((group) => group.id === id)
}

/** The members who are people. */
export function membersOf(desk: Desk, group: SimGroup): SimPerson[] {
  return (desk.world.value?.people ?? []).filter((person) => group.members.includes(person.id))
}

export function fullName(person: { first_name: string; last_name?: string }): string {
  return [person.first_name, person.last_name].filter(Boolean).join(' ')
}
