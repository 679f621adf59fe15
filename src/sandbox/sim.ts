/**
 * The simulation API of the sandbox: what people do in their Telegram, as JSON over `/sim/*`.
 *
 * | request | body → answer |
 * | --- | --- |
 * | `GET  /sim/state` | → `SimState` |
 * | `POST /sim/people` | `NewPerson` → `SimPerson` |
 * | `POST /sim/groups` | `NewGroup` → `SimGroup` |
 * | `POST /sim/groups/:id/members` | `GroupMember` → `SimGroup` |
 * | `GET  /sim/chats/:chatId/messages?as=` | → `SimMessage[]` as that person sees them, oldest first |
 * | `GET  /sim/chats/:chatId/menu?as=` | → `SimMenu` |
 * | `GET  /sim/events` | Server-Sent Events, `data:` is one `SimEvent` |
 * | `GET  /sim/files/:fileId` | the bytes of a photo or a document that the bot sent |
 * | `POST /sim/messages` | `TypedText` → `SimMessage` |
 * | `POST /sim/start` | `StartLink` → `SimMessage` |
 * | `POST /sim/callbacks` | `PressedButton` → `CallbackAnswer`, after at most 10 s |
 * | `POST /sim/inline-queries` | `TypedQuery` → `InlineResults`, after at most 10 s |
 * | `POST /sim/inline-results` | `ChosenResult` → `SimMessage` |
 * | `POST /sim/prepared` | `SharedPrepared` → `SimMessage` (Mini App `shareMessage`) |
 * | `POST /sim/webapps` | `WebAppLaunch` → `LaunchedWebApp` |
 * | `POST /sim/write-access` | `WriteAccess` → `SimPerson` (Mini App `requestWriteAccess`) |
 * | `POST /sim/block` | `Block` → `SimPerson` |
 * | `POST /sim/faults` | `Fault` → `Fault[]` that are set; `DELETE` removes all |
 * | `GET  /sim/calls` | → `SimCall[]`: what the bot asked of Telegram |
 * | `POST /sim/updates` | `RawUpdates` → `{ queued: number }` |
 *
 * What comes from Telegram keeps Telegram's names (`first_name`, `reply_markup`); what only the
 * sandbox knows is written as everywhere in this project. A refusal is `{ error: string }` with 4xx.
 *
 * A chat id is what the bot sees: a person's own id is their chat with the bot, a negative id a
 * group. The id of another person is the chat between those two, where no bot is.
 */

export interface SimState {
  bot: SimBot
  people: SimPerson[]
  groups: SimGroup[]
}

interface SimBot {
  id: number
  username: string
  first_name: string
  description: string
  short_description: string
  /** Name of the Mini App in t.me/<username>/<appName>. */
  appName: string
  /** The invented https origin of the Mini App; the page maps it to this machine. */
  miniAppOrigin: string
  /** Ed25519, base64url: stands for the key with which Telegram makes initData's `signature`. */
  telegramPublicKey: string
}

export interface NewPerson {
  /** Left out: the next free id. */
  id?: number
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
  /** Has pressed Start before, so that the bot may write. */
  started?: boolean
}

export interface SimPerson {
  id: number
  first_name: string
  last_name?: string
  username?: string
  language_code: string
  /** Pressed Start or allowed messages: the bot may write. */
  started: boolean
  /** Has blocked the bot. */
  blocked: boolean
}

export interface NewGroup {
  title: string
  /** Left out: the next free id. */
  id?: number
  type?: 'group' | 'supergroup'
  members?: number[]
  botIsMember?: boolean
}

export interface SimGroup {
  id: number
  title: string
  type: 'group' | 'supergroup'
  /** Ids of people, and of the bot when it is in. */
  members: number[]
  /** Those of the members who are administrators. */
  administrators: number[]
}

export interface GroupMember {
  /** A person's id or the bot's. */
  member: number
  status: 'member' | 'administrator' | 'left'
  /** Who adds or removes; left out: the member. */
  by?: number
}

export interface TypedText {
  from: number
  chat: number
  text: string
  /** The message_id that it answers. */
  replyTo?: number
}

export interface StartLink {
  from: number
  /** What follows `?start=`; left out: the bare Start button. */
  payload?: string
  /** The group that the person chose after `?startgroup=`: the bot is added to it. */
  group?: number
}

export type PressedButton = { from: number; data: string; forged?: boolean } & (
  | { chatId: number; messageId: number }
  | { inlineMessageId: string }
)
// `forged`: a modified client sends data that no button of the message carries.

/** What the person sees after pressing; `answered: false` when the bot let 10 s pass. */
export interface CallbackAnswer {
  answered: boolean
  text?: string
  show_alert: boolean
  url?: string
}

export interface TypedQuery {
  from: number
  query: string
  chatType?: 'sender' | 'private' | 'group' | 'supergroup' | 'channel'
}

export interface InlineResults {
  queryId: string
  answered: boolean
  results: SimInlineResult[]
  is_personal: boolean
  cache_time: number
  button?: { text: string; start_parameter?: string; web_app?: { url: string } }
}

/** The parts of an InlineQueryResult that a person sees in the list. */
export interface SimInlineResult {
  type: string
  id: string
  title?: string
  description?: string
  thumbnail_url?: string
  photo_url?: string
}

export interface ChosenResult {
  from: number
  chat: number
  queryId: string
  resultId: string
}

export interface SharedPrepared {
  from: number
  /** What `savePreparedInlineMessage` returned. */
  id: string
  chat: number
}

/**
 * How the Mini App is opened: by a t.me/<bot>/<app>?startapp= link tapped in `chat`, by a web_app
 * button with its `url`, or by the menu button of the chat with the bot.
 */
export interface WebAppLaunch {
  from: number
  via: 'link' | 'button' | 'menu'
  /** Where a link was tapped; left out: outside Telegram's chats (`chat_type: sender`). */
  chat?: number
  startParam?: string
  /** The button's address. */
  url?: string
  /** The client's platform; left out: `ios`. */
  platform?: string
}

export interface LaunchedWebApp {
  initData: string
  /** Address on `miniAppOrigin`, without the fragment. */
  url: string
  /** `#tgWebAppData=…&tgWebAppVersion=…&tgWebAppPlatform=…&tgWebAppThemeParams=…` */
  hash: string
}

export interface WriteAccess {
  from: number
}

export interface Block {
  person: number
  blocked: boolean
}

export interface Fault {
  /** Left out: every method except getUpdates. */
  method?: string
  /** Only calls to this chat. */
  chat?: number
  /**
   * `timeout` never answers; `cut-after-send` does what was asked and cuts the connection;
   * `migrate` turns the group into a supergroup and says so.
   */
  kind: '429' | '500' | 'timeout' | 'migrate' | 'cut-after-send'
  times: number
  /** Seconds, for 429. */
  retryAfter?: number
}

export interface RawUpdates {
  /** Update objects; those without `update_id` get the next one. */
  updates: Record<string, unknown>[]
  /** Each is queued this many times under the same update_id. */
  repeat?: number
  shuffle?: boolean
}

export interface SimCall {
  method: string
  params: Record<string, unknown>
  ok: boolean
  /** As Telegram said it. */
  error?: { error_code: number; description: string }
  /** Refused for its form: a mistake of the bot's, whatever the world's state is. */
  violation: boolean
  at: string
}

export interface SimMenu {
  commands: { command: string; description: string }[]
  button: { type: string; text?: string; web_app?: { url: string } }
}

/** Telegram's Message, cut to what the sandbox plays. */
export interface SimMessage {
  message_id: number
  /** As the reader knows it, see the top of this file. */
  chat: number
  /** Set on messages that were sent via the bot; callbacks on them need it. */
  inline_message_id?: string
  from: { id: number; first_name: string; is_bot: boolean }
  via_bot?: { username: string }
  /** Unix seconds. */
  date: number
  edit_date?: number
  text?: string
  entities?: SimEntity[]
  caption?: string
  caption_entities?: SimEntity[]
  /** A `/sim/files/…` path or the address that the bot gave. */
  photo?: string
  /** `address` is a `/sim/files/…` path. */
  document?: { name: string; size: number; address: string }
  protect_content?: boolean
  reply_to_message_id?: number
  reply_markup?: SimMarkup
  /** A line in the middle of the chat ("Mia joined the group"). */
  service?: string
}

/** Offsets and lengths count UTF-16 units, so `text.slice(offset, offset + length)` is right. */
export interface SimEntity {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
}

export interface SimMarkup {
  inline_keyboard?: SimButton[][]
  keyboard?: { text: string; web_app?: { url: string } }[][]
  remove_keyboard?: boolean
  force_reply?: boolean
}

export interface SimButton {
  text: string
  style?: 'danger' | 'success' | 'primary'
  url?: string
  callback_data?: string
  web_app?: { url: string }
  switch_inline_query?: string
  switch_inline_query_current_chat?: string
  switch_inline_query_chosen_chat?: {
    query?: string
    allow_user_chats?: boolean
    allow_bot_chats?: boolean
    allow_group_chats?: boolean
    allow_channel_chats?: boolean
  }
  copy_text?: { text: string }
  disabled?: Record<string, never>
}

/** What happens while somebody watches. `readers` are those whose screens show it. */
export type SimEvent =
  | { kind: 'message' | 'edited'; chat: number; readers: number[]; message: SimMessage }
  | { kind: 'deleted'; chat: number; readers: number[]; message_id: number }
  | { kind: 'callback-answer'; person: number; answer: CallbackAnswer }
  | { kind: 'inline-results'; person: number; results: InlineResults }
  | { kind: 'menu'; chat?: number }
  | { kind: 'people' | 'groups' }
