import { generateKeyPairSync, type KeyObject, randomInt } from 'node:crypto'
import type { SimCall, SimEvent, SimPerson } from './sim.ts'
import type { Bucket } from './world/buckets.ts'
import type { CallbackQuery } from './world/callbacks.ts'
import type { PlantedFault } from './world/faults.ts'
import type { StoredDocument, StoredFile } from './world/files.ts'
import type { Group } from './world/groups.ts'
import type { InlineQuery, Prepared } from './world/inline.ts'
import type { Chat, StoredMessage } from './world/messages.ts'
import { newProfile, type Profile } from './world/profile.ts'
import { newUpdateQueue, type UpdateQueue } from './world/updates.ts'

export interface WorldOptions {
  /** `<bot id>:<secret>`, as BotFather would give it. */
  token: string
  username: string
  firstName?: string
  /** The Mini App's name in t.me/<username>/<appName>. */
  appName: string
  /** The https origin of the Mini App; nothing needs to listen there. */
  miniAppOrigin: string
  now?: () => Date
  /** Every chat numbers its messages from here on; 0. Ids that a bot has seen must not come again. */
  messageIdsAfter?: number
  /** Refuse floods as Telegram does: 30/s in all, 1/s per chat, 20/min per group. Off by default. */
  limits?: boolean
  /** How long a person looks at a button that does not answer; 10 s. */
  patienceMs?: number
}

/** Telegram as far as one bot can see it, in memory. */
export interface World {
  bot: Bot
  now: () => Date
  patienceMs: number
  messageIdsAfter: number
  people: Map<number, SimPerson>
  /** People whom the bot has heard of: an update came from them, or their Mini App was opened. */
  met: Set<number>
  groups: Map<number, Group>
  /** By `keyOf(place)`. */
  chats: Map<string, Chat>
  inlineMessages: Map<string, StoredMessage>
  callbacks: Map<string, CallbackQuery>
  inlineQueries: Map<string, InlineQuery>
  prepared: Map<string, Prepared>
  files: Map<string, StoredFile>
  documents: Map<string, StoredDocument>
  profile: Profile
  updates: UpdateQueue
  calls: SimCall[]
  faults: PlantedFault[]
  /** Present when limits are on. */
  buckets: Map<string, Bucket> | undefined
  listeners: Set<(event: SimEvent) => void>
}

interface Bot {
  id: number
  token: string
  username: string
  firstName: string
  appName: string
  miniAppOrigin: string
  /** Stands for the key with which Telegram signs initData for third parties. */
  telegramKey: { privateKey: KeyObject; publicKey: KeyObject }
}

export function createWorld(options: WorldOptions): World {
  return {
    bot: botFrom(options),
    now: options.now ?? (() => new Date()),
    patienceMs: options.patienceMs ?? 10_000,
    messageIdsAfter: options.messageIdsAfter ?? 0,
    people: new Map(),
    met: new Set(),
    groups: new Map(),
    chats: new Map(),
    inlineMessages: new Map(),
    callbacks: new Map(),
    inlineQueries: new Map(),
    prepared: new Map(),
    files: new Map(),
    documents: new Map(),
    profile: newProfile(),
    updates: newUpdateQueue(randomInt(100_000_000, 900_000_000)),
    calls: [],
    faults: [],
    buckets: options.limits ? new Map() : undefined,
    listeners: new Set(),
  }
}

function botFrom(options: WorldOptions): Bot {
  const id = /^(?<id>\d+):[\w-]+$/.exec(options.token)?.groups?.['id']
  if (!id) throw new Error('A bot token looks like 123456:ABC-DEF.')
  if (!options.miniAppOrigin.startsWith('https://')) {
    throw new Error('Telegram opens Mini Apps from https origins only.')
  }
  return {
    id: Number(id),
    token: options.token,
    username: options.username,
    firstName: options.firstName ?? options.username,
    appName: options.appName,
    miniAppOrigin: options.miniAppOrigin,
    telegramKey: generateKeyPairSync('ed25519'),
  }
}
