import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { dataDir, type Program, startProgram } from './program.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
)
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let directory: Awaited<ReturnType<typeof dataDir>>
let program: Program
let browser: Browser

beforeAll(async () => {
  if (!CHROMIUM) return
  directory = await dataDir()
  program = await startProgram(directory.path)
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET })
}, 60_000)

afterAll(async () => {
  if (!CHROMIUM) return
  await browser.close()
  await program[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

/** A page that notes whatever goes wrong in it. */
async function openSandbox(
  width: number,
  height: number,
): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage({ viewport: { width, height } })
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await page.goto(`${program.url}/sandbox`)
  return { page, faults }
}

test.skipIf(!CHROMIUM)(
  'in a browser an order is opened, shared and claimed, and the voucher is seen (skipped without chromium)',
  async () => {
    const { page, faults } = await openSandbox(1440, 900)

    await page.getByRole('button', { name: 'Open in Telegram' }).first().click()
    await page
      .getByRole('button', { name: /Share: Treat your friends/ })
      .first()
      .click()
    await page
      .getByRole('button', { name: /Neighbours of Elm Street/ })
      .last()
      .click()
    await page
      .getByRole('option', { name: /Treat your friends/ })
      .first()
      .click()
    await page
      .getByRole('button', { name: /Get it$/ })
      .last()
      .click()
    const miniApp = page.frameLocator('iframe[title="Mini App"]').frameLocator('iframe')
    await miniApp.getByText('Show this at the till').waitFor()

    expect(await miniApp.locator('body').innerText()).toMatch(
      /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/,
    )
    expect(faults).toEqual([])
  },
  60_000,
)

test.skipIf(!CHROMIUM)(
  'on a phone the receipt and the three chats are one tap apart',
  async () => {
    const { page, faults } = await openSandbox(390, 844)

    for (const name of ['Receipt', 'Shopper', 'Group', 'Merchant']) {
      const tab = page.getByRole('navigation').getByRole('button', { name })
      await tab.click()
      await expect.poll(() => tab.getAttribute('aria-current')).toBe('true')
    }
    expect(faults).toEqual([])
  },
  60_000,
)
