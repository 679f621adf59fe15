import { existsSync } from 'node:fs'
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core'

import { dataDir, type Program, startProgram } from './program.ts'

/** The browser of this machine; tests that need one are skipped where there is none. */
export const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path))

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The program with its demo shop, and a browser that looks at it. */
export type Watched = AsyncDisposable & { program: Program; browser: Browser }

export async function startWatched(): Promise<Watched> {
  const directory = await dataDir()
  const program = await startProgram(directory.path)
  const browser = await chromium.launch({
    ...(CHROMIUM && { executablePath: CHROMIUM }),
    args: QUIET,
  })
  return {
    program,
    browser,
    [Symbol.asyncDispose]: async () => {
      await browser.close()
      await program[Symbol.asyncDispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

/** A page that notes whatever goes wrong in it. */
export async function openSandbox(
  { program, browser }: Watched,
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

/** The Mini App that lies open over a phone. */
export function miniAppIn(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="Mini App"]').frameLocator('iframe')
}

/** A voucher of somebody in the group: a receipt is opened, shared and claimed. */
export async function claimVoucher(page: Page): Promise<void> {
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
  await miniAppIn(page).getByText('Show this at the till').waitFor()
}
