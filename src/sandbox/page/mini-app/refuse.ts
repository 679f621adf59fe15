import type { MiniApp } from './mini-app.ts'
import { type Params, textOf } from './read-params.ts'

/** What the sandbox lacks, in the words that apps expect. */
export function refuse(app: MiniApp, eventType: string, params: Params): void {
  const [answer, data] = REFUSALS[eventType] ?? []
  const req_id = textOf(params, 'req_id')
  if (answer) app.send(answer, { ...data, ...(req_id ? { req_id } : {}) })
}

const REFUSALS: Record<string, [answer: string, data?: Record<string, unknown>]> = {
  web_app_request_fullscreen: ['fullscreen_failed', { error: 'UNSUPPORTED' }],
  web_app_check_home_screen: ['home_screen_checked', { status: 'unsupported' }],
  web_app_add_to_home_screen: ['home_screen_failed'],
  web_app_request_phone: ['phone_requested', { status: 'cancelled' }],
  web_app_biometry_get_info: ['biometry_info_received', { available: false }],
  web_app_check_location: ['location_checked', { available: false }],
  web_app_request_location: ['location_requested', { available: false }],
  web_app_read_text_from_clipboard: ['clipboard_text_received', { data: null }],
  web_app_invoke_custom_method: ['custom_method_invoked', { error: 'UNSUPPORTED' }],
  web_app_device_storage_save_key: ['device_storage_failed', { error: 'UNSUPPORTED' }],
  web_app_device_storage_get_key: ['device_storage_failed', { error: 'UNSUPPORTED' }],
  web_app_device_storage_clear: ['device_storage_failed', { error: 'UNSUPPORTED' }],
  web_app_secure_storage_save_key: ['secure_storage_failed', { error: 'UNSUPPORTED' }],
  web_app_secure_storage_get_key: ['secure_storage_failed', { error: 'UNSUPPORTED' }],
  web_app_secure_storage_clear: ['secure_storage_failed', { error: 'UNSUPPORTED' }],
}
