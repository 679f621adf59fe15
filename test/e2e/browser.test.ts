import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  CHROMIUM,
  claimVoucher,
  miniAppIn,
  openSandbox,
  startWatched,
  type Watched,
} from './chromium.ts'

let watched: Watched

beforeAll(async () => {
  if (CHROMIUM) watched = await startWatched()
}, 60_000)

afterAll(async () => {
  if (CHROMIUM) await watched[Symbol.asyncDispose]()
})

/** The shop's section of the Mini App, on the phone of the shop's owner. */
async function openShop(page: Page) {
  const phone = page.getByRole('region', { name: 'Merchant’s phone' })
  await phone.getByRole('button', { name: 'Open', exact: true }).click()
  const miniApp = phone.frameLocator('iframe[title="Mini App"]').frameLocator('iframe')
  await miniApp.getByRole('button', { name: 'Shop' }).click()
  return miniApp
}

/** The button that Telegram draws under the Mini App. */
function mainButton(page: Page, name: string | RegExp) {
  return page.locator('.app-button-main').getByText(name)
}

test.skipIf(!CHROMIUM)(
  'in a browser an order is opened, shared and claimed, and the voucher is seen (skipped without chromium)',
  async () => {
    const { page, faults } = await openSandbox(watched, 1440, 900)

    await claimVoucher(page)

    expect(await miniAppIn(page).locator('body').innerText()).toMatch(
      /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/,
    )
    expect(faults).toEqual([])
  },
  60_000,
)

test.skipIf(!CHROMIUM)(
  'whoever got a voucher reads why it is this one, and what else there was',
  async () => {
    const { page, faults } = await openSandbox(watched, 1440, 900)
    await claimVoucher(page)
    const miniApp = miniAppIn(page)

    await miniApp.getByRole('button', { name: 'Why this one?' }).click()
    await miniApp.getByRole('heading', { name: 'Why this one?' }).waitFor()

    expect(await miniApp.locator('.why').innerText()).toMatch(/matched with|One in ten customers/)
    expect(await miniApp.locator('.why').innerText()).toMatch(/how likely each was\s(.+\s+\d+%\s)+/)
    expect(faults).toEqual([])
  },
  60_000,
)

test.skipIf(!CHROMIUM)(
  'on a phone the receipt and the three chats are one tap apart',
  async () => {
    const { page, faults } = await openSandbox(watched, 390, 844)

    for (const name of ['Receipt', 'Shopper', 'Group', 'Merchant']) {
      const tab = page.getByRole('navigation').getByRole('button', { name })
      await tab.click()
      await expect.poll(() => tab.getAttribute('aria-current')).toBe('true')
    }
    expect(faults).toEqual([])
  },
  60_000,
)

test.skipIf(!CHROMIUM)(
  'a cashier scans a voucher, redeems it with one tap and takes that back',
  async () => {
    const { page, faults } = await openSandbox(watched, 1440, 900)
    await claimVoucher(page)
    await page.getByRole('button', { name: 'Close' }).first().click()
    const shop = await openShop(page)

    await shop.getByRole('button', { name: 'Scan a voucher' }).click()
    await page
      .getByText(/voucher on .* phone/)
      .first()
      .click()
    await shop.getByText('Valid', { exact: true }).waitFor()
    const order = shop.getByLabel('Amount of the order')
    if (await order.isVisible()) await order.fill('40')
    await mainButton(page, /^Redeem £/).click()
    await shop.getByText(/redeemed$/).waitFor()
    await shop.getByRole('button', { name: 'Undo' }).click()
    await shop.getByText(/is back on the voucher/).waitFor()

    expect(faults).toEqual([])
  },
  60_000,
)

test.skipIf(!CHROMIUM)(
  'a campaign is filled in, looked at with what it can cost at most, and started',
  async () => {
    const { page, faults } = await openSandbox(watched, 1440, 900)
    const shop = await openShop(page)

    await shop.getByRole('button', { name: /^Campaigns/ }).click()
    await shop.getByRole('button', { name: 'New campaign' }).click()
    await mainButton(page, 'Save and preview').click()
    await shop.getByText('Please fill this in.').first().waitFor()
    await shop.getByLabel('Name, for you').fill('Winter <b>&amp;')
    await shop.getByLabel('Budget').fill('120.50')
    await shop.getByLabel('Last day').fill('2099-01-31')
    await shop.getByLabel('Name', { exact: true }).fill('Two pounds off')
    await shop.getByLabel('Amount', { exact: true }).fill('2')
    await shop.getByLabel('How many').fill('30')
    await mainButton(page, 'Save and preview').click()
    await shop.getByText('At most it costs').last().waitFor()
    const cost = await shop.locator('.lines__total').innerText()
    await mainButton(page, 'Start the campaign').click()
    await shop.getByText('Winter <b>&amp;').waitFor()

    expect(cost).toContain('£60.00')
    expect(await shop.locator('.row').first().innerText()).toContain(
      'Winter <b>&amp;\nUntil 31 Jan 2099\nRunning',
    )
    expect(faults).toEqual([])
  },
  60_000,
)
