import { followLink } from '../deeds/follow-link.ts'
import { onThisMachine } from '../deeds/on-this-machine.ts'
import { shareInline, sharePrepared } from '../deeds/share-inline.ts'
import { ask, note, type Phone } from '../state/phones.ts'
import { shownTheme } from '../state/theme.ts'
import type { MiniApp } from './mini-app.ts'
import {
  colorOf,
  type Params,
  paramsOf,
  popupButtonsOf,
  setUpButton,
  textOf,
} from './read-params.ts'
import { refuse } from './refuse.ts'
import { openScanner } from './scanner.ts'
import type { Stage } from './stage.ts'
import { themeParams } from './theme-params.ts'
import { askForWriteAccess } from './write-access.ts'

/**
 * Does what the app asks of its client, with the names and answers of Telegram's `postEvent`
 * protocol. What a client of ours has not got is refused as Telegram refuses it.
 */
export function answerApp(stage: Stage, eventType: string, eventData: unknown): void {
  const params = paramsOf(eventData)
  const method = METHODS[eventType]
  if (method) void method(stage, params)
  else refuse(stage.app, eventType, params)
}

type Method = (stage: Stage, params: Params) => unknown

const METHODS: Record<string, Method> = {
  iframe_ready: ({ app }) => setReady(app),
  web_app_ready: ({ app }) => setReady(app),
  web_app_expand: ({ app }) => {
    app.isExpanded.value = true
  },
  web_app_close: ({ phone }) => removeApp(phone),
  web_app_setup_main_button: ({ app }, params) => {
    app.main.value = setUpButton(app.main.peek(), params)
  },
  web_app_setup_secondary_button: ({ app }, params) => {
    app.secondary.value = setUpButton(app.secondary.peek(), params)
  },
  web_app_setup_back_button: ({ app }, params) => {
    app.hasBack.value = params['is_visible'] === true
  },
  web_app_setup_closing_behavior: ({ app }, params) => {
    app.asksBeforeClosing.value = params['need_confirmation'] === true
  },
  web_app_setup_settings_button: () => {},
  web_app_setup_swipe_behavior: () => {},
  web_app_hide_keyboard: () => {},
  web_app_trigger_haptic_feedback: ({ app }) => {
    app.shakes.value += 1
  },
  web_app_request_theme: ({ app }) => sendTheme(app),
  web_app_request_viewport: ({ app }) => sendViewport(app),
  web_app_request_safe_area: ({ app }) => app.send('safe_area_changed', NO_INSETS),
  web_app_request_content_safe_area: ({ app }) => app.send('content_safe_area_changed', NO_INSETS),
  web_app_set_header_color: ({ app }, params) => {
    const header = colorOf(params, 'color') ?? themeColor(textOf(params, 'color_key'))
    if (header) app.colors.value = { ...app.colors.peek(), header }
  },
  web_app_set_background_color: ({ app }, params) => {
    const background = colorOf(params, 'color')
    if (background) app.colors.value = { ...app.colors.peek(), background }
  },
  web_app_set_bottom_bar_color: ({ app }, params) => {
    const bottomBar = colorOf(params, 'color')
    if (bottomBar) app.colors.value = { ...app.colors.peek(), bottomBar }
  },
  web_app_open_tg_link: ({ desk, phone }, params) => {
    removeApp(phone)
    const path = (textOf(params, 'path_full') ?? '').replace(/^\//, '')
    return followLink(desk, phone, `https://t.me/${path}`)
  },
  web_app_open_link: ({ desk }, params) => {
    const url = URL.parse(textOf(params, 'url') ?? '')
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return
    window.open(onThisMachine(desk, url.href), '_blank', 'noopener,noreferrer')
  },
  web_app_open_popup: async ({ phone, app }, params) => {
    const id = await ask(phone, {
      title: textOf(params, 'title') ?? '',
      message: textOf(params, 'message') ?? '',
      buttons: popupButtonsOf(params),
    })
    app.send('popup_closed', id === undefined ? {} : { button_id: id })
  },
  web_app_open_scan_qr_popup: (stage, params) => openScanner(stage, textOf(params, 'text') ?? ''),
  web_app_close_scan_qr_popup: ({ phone }) => phone.scanner.peek()?.close(),
  web_app_request_write_access: (stage) => askForWriteAccess(stage),
  web_app_send_prepared_message: async ({ desk, phone, app }, params) => {
    const result = await sharePrepared(desk, phone, textOf(params, 'id') ?? '')
    if (result === 'sent') app.send('prepared_message_sent')
    else app.send('prepared_message_failed', result)
  },
  web_app_switch_inline_query: ({ desk, phone }, params) => {
    const types = Array.isArray(params['chat_types']) ? params['chat_types'] : []
    removeApp(phone)
    const allowed = { users: types.includes('users'), groups: types.includes('groups') }
    return shareInline(desk, phone, textOf(params, 'query') ?? '', allowed)
  },
  web_app_share_to_story: ({ phone }) => note(phone, 'There are no stories in the sandbox.'),
}

const NO_INSETS = { top: 0, bottom: 0, left: 0, right: 0 }

/** Takes the app away, after asking when it wants that asked. */
export async function closeApp({ phone, app }: Stage): Promise<void> {
  if (app.asksBeforeClosing.peek()) {
    const id = await ask(phone, {
      message: 'Changes that you made may not be saved.',
      buttons: [
        { id: 'close', text: 'Close anyway', isDestructive: true },
        { id: 'stay', text: 'Cancel' },
      ],
    })
    if (id !== 'close') return
  }
  removeApp(phone)
}

function removeApp(phone: Phone): void {
  phone.scanner.peek()?.close()
  phone.miniApp.value = undefined
}

function setReady(app: MiniApp): void {
  app.isReady.value = true
}

export function sendTheme(app: MiniApp): void {
  app.send('theme_changed', { theme_params: themeParams(shownTheme()) })
}

/** Tells the size of the app's frame, which is all that it can see. */
export function sendViewport(app: MiniApp): void {
  app.send('viewport_changed', {
    ...app.size(),
    is_expanded: app.isExpanded.peek(),
    is_state_stable: true,
  })
}

function themeColor(key: string | undefined): string | undefined {
  return key === undefined ? undefined : themeParams(shownTheme())[key]
}
