import type { BottomButton } from './mini-app.ts'

/** What an app sends along: checked here, because anything may stand in it. */
export type Params = Record<string, unknown>

export function paramsOf(eventData: unknown): Params {
  return typeof eventData === 'object' && eventData !== null ? (eventData as Params) : {}
}

export function textOf(params: Params, name: string): string | undefined {
  const value = params[name]
  return typeof value === 'string' ? value : undefined
}

/** `#rrggbb`; anything else is no colour. */
export function colorOf(params: Params, name: string): string | undefined {
  const value = textOf(params, name)
  return value && /^#[0-9a-f]{6}$/i.test(value) ? value : undefined
}

/** The button as it is after this set-up; what is left out stays. */
export function setUpButton(button: BottomButton, params: Params): BottomButton {
  const flag = (name: string, before: boolean) =>
    typeof params[name] === 'boolean' ? params[name] : before
  const position = POSITIONS.find((one) => one === params['position'])
  return {
    text: textOf(params, 'text') || button.text,
    isVisible: flag('is_visible', button.isVisible),
    isActive: flag('is_active', button.isActive),
    isBusy: flag('is_progress_visible', button.isBusy),
    color: colorOf(params, 'color') ?? button.color,
    textColor: colorOf(params, 'text_color') ?? button.textColor,
    position: position ?? button.position,
  }
}

const POSITIONS = ['left', 'right', 'top', 'bottom'] as const

export interface PopupButton {
  id: string
  text: string
  isDestructive: boolean
}

/** The buttons of `web_app_open_popup`; those of a known kind come without a text. */
export function popupButtonsOf(params: Params): PopupButton[] {
  const given = Array.isArray(params['buttons']) ? params['buttons'] : []
  return given.map(paramsOf).map((button) => {
    const type = textOf(button, 'type') ?? 'default'
    return {
      id: textOf(button, 'id') ?? '',
      text: KNOWN_TEXTS[type] ?? textOf(button, 'text') ?? 'OK',
      isDestructive: type === 'destructive',
    }
  })
}

const KNOWN_TEXTS: Record<string, string> = { ok: 'OK', close: 'Close', cancel: 'Cancel' }
