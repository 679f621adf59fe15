import type { Logger } from 'pino'

import type { Config } from './config.ts'
import type { Ground, Weighed } from './matching/decide.ts'
import type { Recent } from './recent.ts'
import type { CampaignFacts } from './store/claims.ts'
import type { Database } from './store/database.ts'
import type { CurrentModel } from './store/models.ts'
import type { Together } from './together.ts'
import type { Tokens } from './tokens/tokens.ts'

/** Everything a use case may need, passed by hand. A test replaces what it wants to hold still. */
export type AppContext = {
  config: Config
  log: Logger
  db: Database
  tokens: Tokens
  /** The bot as Telegram knows it, and the secret that signs initData. */
  bot: Bot
  together: Together
  /** Shares that are open, by merchant and share. */
  openShares: Recent<{ campaignId: string; sharerId: string }>
  /** Campaigns as they were a moment ago, by merchant and id: claims are chosen on them. */
  recentCampaigns: Recent<CampaignFacts>
  /** What decides at a merchant's points, and when (by `performance.now()`) it is to be read again. */
  currentModels: Recent<{ current: Promise<CurrentModel>; freshUntil: number }>
  /** What decisions stand on, by all that decides beside the person. */
  grounds: Recent<Ground>
  /** How people of whom the same is told were weighed, by what was told and that ground. */
  weighed: Recent<Weighed>
  /** The program's clock. Deadlines of stored things are the database's. */
  now(): Date
  /** Chance, a number in [0, 1). */
  draw(): number
  /** Wakes the worker that sends what is in the outbox. */
  wakeOutbox(): void
  /** Wakes the worker that handles what is in the inbox. */
  wakeInbox(): void
  /** Wakes whoever does long work: codes to make, exports to write. */
  wakeWork(): void
}

export type Bot = {
  id: number
  username: string
  token: string
  /** Short name of the Mini App; without one, links open the chat. */
  appName?: string
  /** The Mini App's own https address for buttons in private chats. */
  appUrl?: string
}
