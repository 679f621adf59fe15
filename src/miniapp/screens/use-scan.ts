import { readScannedCode } from '../state/typed-code.ts'
import { useApp } from '../state/use-app.ts'
import { useShopWords } from '../state/use-desk.ts'

/**
 * Takes a code to the till: one that was typed, or read by the camera where there is one.
 *
 * @param goes how the till is opened: on top of this screen, or in its place
 */
export function useScan(goes: 'go' | 'replace' = 'go') {
  const { telegram, router, say } = useApp()
  const { till: t } = useShopWords().texts
  const onCode = (code: string) => router[goes]({ screen: 'till', code })
  const { scan: openCamera } = telegram
  const scan = async () => {
    const scanned = await openCamera?.(t.scanHint)
    if (scanned === undefined) return
    const code = readScannedCode(scanned)
    if (code === undefined) say(t.noVoucher)
    else onCode(code)
  }
  return { onCode, ...(openCamera && { scan: () => void scan() }) }
}
