import { renderAsync } from '@resvg/resvg-js'
import { renderSVG } from 'uqr'

/** A text as a QR code, dark on white with white around it, as PNG. */
export async function drawQr(text: string): Promise<Buffer> {
  const svg = renderSVG(text, { ecc: 'M', border: 4, pixelSize: 16 })
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } })
  return image.asPng()
}
