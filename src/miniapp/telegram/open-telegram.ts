import {
  backButton,
  copyTextToClipboard,
  hapticFeedback,
  init,
  mainButton,
  miniApp,
  qrScanner,
  requestWriteAccess,
  retrieveLaunchParams,
  retrieveRawInitData,
  shareURL,
  swipeBehavior,
  switchInlineQuery,
  themeParams,
  viewport,
} from '@tma.js/sdk'

import type { Feeling, MainButton, Telegram } from './telegram.ts'

/** Clients with a camera scanner; the others say they have one and do nothing. */
const SCANNING_PLATFORMS = ['android', 'android_x', 'ios']

/**
 * Telegram around this page; undefined when there is none, or when it gave no signed data (as from a
 * button of the reply keyboard).
 */
export function openTelegram(): Telegram | undefined {
  const launch = launchOf()
  if (!launch) return undefined
  begin()
  return {
    ...launch,
    feel,
    setMainButton: createMainButton(),
    setBackButton: createBackButton(),
    ...(launch.hasCamera && qrScanner.capture.isAvailable() && { scan }),
    ...(switchInlineQuery.isAvailable() && { sendInline }),
    sendLink: (url, text) => shareURL(url, text),
    copy: copyTextToClipboard,
    close: () => miniApp.close.ifAvailable(),
    ...(requestWriteAccess.isAvailable() && { askToWrite }),
  }
}

function launchOf() {
  try {
    const initData = retrieveRawInitData()
    if (!initData) return undefined
    const params = retrieveLaunchParams()
    return {
      initData,
      startParam: params.tgWebAppStartParam ?? params.tgWebAppData?.start_param ?? '',
      language: params.tgWebAppData?.user?.language_code ?? '',
      mayWrite: params.tgWebAppData?.user?.allows_write_to_pm ?? false,
      hasCamera: SCANNING_PLATFORMS.includes(params.tgWebAppPlatform),
    }
  } catch {
    return undefined // opened in a browser: there are no launch parameters to read
  }
}

/** Custom styles would be a style element, which our content security policy forbids. */
function begin(): void {
  init({ acceptCustomStyles: false })
  themeParams.mount()
  themeParams.bindCssVars()
  document.documentElement.dataset['scheme'] = themeParams.isDark() ? 'dark' : 'light'
  themeParams.isDark.sub((isDark) => {
    document.documentElement.dataset['scheme'] = isDark ? 'dark' : 'light'
  })
  miniApp.mount.ifAvailable()
  miniApp.setHeaderColor.ifAvailable('secondary_bg_color')
  miniApp.setBgColor.ifAvailable('secondary_bg_color')
  miniApp.setBottomBarColor.ifAvailable('secondary_bg_color')
  swipeBehavior.mount.ifAvailable()
  swipeBehavior.disableVertical.ifAvailable()
  viewport.expand.ifAvailable()
  void bindSafeAreas()
  miniApp.ready()
}

async function bindSafeAreas(): Promise<void> {
  try {
    await viewport.mount({ timeout: 2000 })
    viewport.bindCssVars()
  } catch {
    // an old client that knows no safe areas: the style sheet's own are used
  }
}

function feel(what: Feeling): void {
  if (what === 'tap') hapticFeedback.impactOccurred.ifAvailable('light')
  else hapticFeedback.notificationOccurred.ifAvailable(what)
}

function createMainButton(): Telegram['setMainButton'] {
  let onPress: (() => void) | undefined
  mainButton.mount.ifAvailable()
  mainButton.onClick.ifAvailable(() => onPress?.())
  return (button: MainButton | undefined) => {
    onPress = button && !button.isBusy && !button.isOff ? button.onPress : undefined
    if (!button) mainButton.hide.ifAvailable()
    else {
      const { text, isBusy, isOff = false } = button
      const isEnabled = !isBusy && !isOff
      const state = { text, isVisible: true, isEnabled, isLoaderVisible: isBusy }
      mainButton.setParams.ifAvailable(state)
    }
  }
}

function createBackButton(): Telegram['setBackButton'] {
  let onPress: (() => void) | undefined
  backButton.mount.ifAvailable()
  backButton.onClick.ifAvailable(() => onPress?.())
  return (press) => {
    onPress = press
    if (press) backButton.show.ifAvailable()
    else backButton.hide.ifAvailable()
  }
}

async function scan(hint: string): Promise<string | undefined> {
  return qrScanner.capture({ text: hint, capture: () => true })
}

function sendInline(query: string): void {
  switchInlineQuery(query, ['users', 'groups'])
}

async function askToWrite(): Promise<boolean> {
  try {
    return (await requestWriteAccess({ timeout: 60_000 })) === 'allowed'
  } catch {
    return false
  }
}
